"""Under the microscope: the forward/backward pair of one layer, with its numbers."""
