"""Paper: small dataclasses in, PDF bytes out."""
