"""The machine: an experiment compiled to a table of kernel addresses, and the loop that runs the table."""
