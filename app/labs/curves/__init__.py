"""The lab of loss curves: by learning rate, and the gallery of odd ones."""
