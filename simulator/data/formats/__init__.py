"""File formats of data sets: bytes in, arrays out, faults named. Nothing here knows what a kind is."""
