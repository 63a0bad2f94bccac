"""Parts of the lab of preprocessing: its controls, pages, numbers and words."""
