"""Kernels: how every kind computes. One file a kind, found by name; only NumPy and numba here."""
