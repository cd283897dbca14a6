"""What makes a certificate provable: its serial, the facts on it, the signature and the tree.

Everything here is pure: it knows neither pages nor tables.
"""
