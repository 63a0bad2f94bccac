"""What the right panel says first: headlines, each declared with the condition under which it is claimed. No Qt."""
