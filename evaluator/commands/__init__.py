"""The commands of `evaluator`, a file for each subject."""
