"""Rounds of millions: files that do not fit into memory, and more than one machine."""
