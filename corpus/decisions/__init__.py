"""Decisions (处置决定): which one on an item is the live one, and how it is changed after it was sealed."""
