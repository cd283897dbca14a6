"""The audit log: who changed what, when and why, in a chain of digests that shows tampering."""
