"""Forms built from rule sets."""
