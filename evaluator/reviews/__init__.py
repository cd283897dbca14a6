"""Committee review: what a committee accepts, adjusts, returns and recommends."""
