"""The lab of the activation race: the same network trained with each activation function."""
