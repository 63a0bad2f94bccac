"""Plots of a run: loss, accuracy, gradients, activations, the plane, and layers over time."""
