"""The simulator without a window: what `python -m simulator` does."""
