"""The view of the doctor: findings, what would cure them, and the twins that try it."""
