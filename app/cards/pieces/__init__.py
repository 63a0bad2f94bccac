"""What cards hold that is no plot: pictures of units, tiles of examples, the table of confusions."""
