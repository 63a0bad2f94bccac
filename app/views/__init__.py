"""Views: cards on the stage, each one question about the run on display.

A view is one module here, or in a room of its own, with a `SPEC`; presets name it by its id, and the window's menu of
views lists it.
"""
