"""The county edition: receiving, returning and the key ceremony."""
