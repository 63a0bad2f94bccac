"""The lab of activation functions: their curves, slopes, mean outputs and cost."""
