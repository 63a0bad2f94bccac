"""The right column of the laboratory: the story of the run, the comparison of lanes, repeats with other seeds."""
