"""How things look, one table each: dashes and pens, inks, marks, ticks, and how numbers are written."""
