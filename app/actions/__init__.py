"""Everything a person can ask for by a button, a menu or a key: its words, its keys, and whether it may be asked."""
