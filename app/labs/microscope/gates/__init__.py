"""Under the microscope: a graph of gates, forward and back, and the chain of layers."""
