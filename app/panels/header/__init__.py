"""The top row of the window: what is on the table, experiments, views, and the look."""
