"""The view of the gradient check, entry by entry and by step size."""
