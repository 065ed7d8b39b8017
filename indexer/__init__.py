"""Articles in, records out."""
