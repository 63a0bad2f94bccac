"""The quantities, a file a family; each has `QUANTITIES`."""
