"""The window's ground floor: where files are, which language is spoken, what happens when something goes wrong."""
