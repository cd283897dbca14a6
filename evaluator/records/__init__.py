"""What the platform already knows of organisations, so that nobody types it again."""
