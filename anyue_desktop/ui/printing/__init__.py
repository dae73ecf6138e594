"""Ledgers on the screen and on paper."""
