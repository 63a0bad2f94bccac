"""What frames and pictures of a run are, as values: read-only arrays and what they mean."""
