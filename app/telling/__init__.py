"""What labs and cards say in the right column: paragraphs, numbers set in words, the slide they belong to."""
