"""How frames are made of a trainer: the core of each, and the parts that are asked for."""
