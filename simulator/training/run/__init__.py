"""One run without a thread: the trainer, its network on the machine, orders, losses, meters, endings."""
