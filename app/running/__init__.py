"""The bridge to the runner: what the engine is asked, what it says of its runs, and long work beside the window."""
