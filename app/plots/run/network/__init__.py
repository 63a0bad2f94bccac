"""The network as a picture: where its units stand, what joins them, and how both are painted."""
