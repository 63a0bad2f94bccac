"""The view of the network as a picture: what connects its units, and what one example makes of them."""
