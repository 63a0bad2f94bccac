"""What the runner's thread does: commands in, events out, the lanes on display and the runs kept."""
