"""What is built and how it is edited: lanes as values, their edits, and the document that does and undoes them."""
