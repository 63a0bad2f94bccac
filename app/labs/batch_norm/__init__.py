"""Parts of the batch-norm X-ray: its controls, pages, charts, numbers and words."""
