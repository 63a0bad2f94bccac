"""The frame of a view, its header, legend, menus and options, and the kinds of body it may hold."""
