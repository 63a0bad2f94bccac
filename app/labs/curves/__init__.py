"""Parts of the lab of loss curves."""
