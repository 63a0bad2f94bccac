"""The menu bar: every command by the declarations, and the submenus that are lists of something."""
