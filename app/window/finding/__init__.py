"""Finding anything: the palette, what it finds, and the way there."""
