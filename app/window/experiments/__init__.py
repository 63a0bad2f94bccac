"""The page of experiments: the lecture's slides, what they show, and the way to open one."""
