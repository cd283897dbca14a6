"""Site checks: who is visited is drawn by lot, what is found is written down on the spot."""
