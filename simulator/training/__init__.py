"""Training: the trainer (no thread), its frames and history, and the runner (the thread)."""
