"""The view of the units of one layer: how active each is, and what it looks for."""
