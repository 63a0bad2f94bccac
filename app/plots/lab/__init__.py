"""Plots that labs and checks hand values to: charts, functions, landscapes, tables of bars."""
