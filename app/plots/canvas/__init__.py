"""What every plot stands on: the sheet with axes and words, curves, marks, time and lanes."""
