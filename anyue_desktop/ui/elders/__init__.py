"""老年人探访: the person's page, and the month's visits as a grid."""
