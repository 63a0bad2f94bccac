"""The middle of the window: views as cards in docks, and their arrangement on the screen."""
