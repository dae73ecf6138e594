"""老年人探访: the page of one person."""
