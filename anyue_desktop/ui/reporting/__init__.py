"""报送: what a township sends and what the county answers."""
