"""Parts of the lab of the activation race."""
