"""Accounts: who may sign in, and what they may do at which place of the tree."""
