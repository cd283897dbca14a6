"""The rule language, its checks and the rule sets of each year."""
