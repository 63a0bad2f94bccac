"""The main window: where everything has its place, the notices, the order of Tab, the settings, the end."""
