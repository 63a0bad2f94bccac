"""The bottom of the window: the timeline, the transport and the speed."""
