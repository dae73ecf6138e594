"""Pictures where people would rather look than read. Every mark opens the people behind it."""
