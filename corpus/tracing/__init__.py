"""Tracing (追溯): from an item back to its very bytes, and from a figure back to its items."""
