"""Certificates: the registry, batches to print, replacing and revoking, verification by anyone."""
