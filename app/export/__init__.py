"""What is taken away: tables of numbers as text, without Qt."""
