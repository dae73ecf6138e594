"""指标: the county plan in numbers, for a township."""
