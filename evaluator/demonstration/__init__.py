"""A district to try the service on: the sample round, its people, and a state in mid-round."""
