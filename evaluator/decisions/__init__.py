"""The decision: joint check, quota board, deviations by two people, minutes."""
