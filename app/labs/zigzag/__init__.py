"""The parts of the zig-zag lab."""
