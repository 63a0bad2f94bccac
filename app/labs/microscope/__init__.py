"""The microscope: one step of training looked at gate by gate, layer by layer, example by example."""
