"""The window onto the simulator (PySide6)."""
