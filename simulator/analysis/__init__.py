"""What is measured of an experiment beside its training."""
