"""One rule set of 57 indicators over 60 facts, and a nation of organisations to rate by it."""
