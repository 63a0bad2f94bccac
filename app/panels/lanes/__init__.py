"""The list of lanes: up to four runs side by side, and the way to one more."""
