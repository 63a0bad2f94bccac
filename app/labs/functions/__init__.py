"""The parts of the function explorer."""
