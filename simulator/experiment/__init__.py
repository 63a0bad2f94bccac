"""The experiment: a frozen tree built from the kinds, patches, runs and their files."""
