"""Applications: the self-assessment of a branch with its answers, and its submission."""
