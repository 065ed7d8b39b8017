"""Readers: one module a format, behind one function in ``dispatch``."""
