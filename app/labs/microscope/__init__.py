"""The parts of the microscope: what is looked at, how it is drawn, and the words to it."""
