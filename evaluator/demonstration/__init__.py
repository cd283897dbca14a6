"""A small district to try the service on: the sample round with its people."""
