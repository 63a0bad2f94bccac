"""What has its place in the window: the left column, the plots, the sentences, the time."""
