"""The parts of the initialisation bench."""
