"""The distributed engine: the same records and queries on an OpenSearch cluster."""
