"""The left column of the laboratory: data, network, training, and the draft of "what if"."""
