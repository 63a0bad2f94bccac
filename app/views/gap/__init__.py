"""The view of the gap between training and validation, and what helps."""
