"""The lab of initialisation: the signal through a deep network before training, and its theory."""
