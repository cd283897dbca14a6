"""Rounds: published rule sets, the calendar of the steps, and the frozen register of a round."""
