"""The lab of preprocessing: what it does to clouds, pictures and training."""
