"""The drawn part of a certificate: every line is computed here, no picture is copied."""
