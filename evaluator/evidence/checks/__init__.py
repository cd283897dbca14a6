"""Checks of uploaded content: what it is, whether it is whole, and what must not stay in it.

Pure functions from bytes to a verdict. They take hostile content, so the service runs them in a
process of their own, see `evaluator.evidence.isolation`; nothing here imports the rest of it.
"""
