"""What the right panel says first: one headline, one number, one thing to try, each declared with its condition. No Qt."""
