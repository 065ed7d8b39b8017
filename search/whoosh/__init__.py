"""The embedded engine: records in flat, memory-mapped files, found through Whoosh segments of our own making."""
