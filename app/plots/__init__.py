"""Everything that draws curves, bars and maps: the only package that imports pyqtgraph."""
