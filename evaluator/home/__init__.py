"""The start page: what waits for whoever is signed in, and how far the round is."""
