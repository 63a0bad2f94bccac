"""Data: sets built in, the split into training and validation, preprocessing."""
