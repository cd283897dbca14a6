"""Rule sets as the platform keeps them: drafts that change, and published ones that never do."""
