"""The lab of the zig-zag: gradients of one sign, and the path they force on two weights."""
