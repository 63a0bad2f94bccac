"""The lab of batch norm: before and after, running averages, the sweep of scales."""
