"""What stands where, as data: the presets of the stage, the tabs over it, its rows and their shares. No Qt."""
