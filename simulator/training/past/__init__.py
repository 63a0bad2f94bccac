"""What is remembered of a run: its timeline, logs of frames and snapshots, the exact way back to a step."""
