"""Under the microscope: one mini-batch of the network, phase by phase."""
