"""Benchmarks: each measures ours against a named peer or limit in the same run."""
