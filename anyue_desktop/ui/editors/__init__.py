"""Boxes to type values in: one editor for each kind of value."""
