"""What can be found by typing, as data, and which of it comes first. No Qt."""
