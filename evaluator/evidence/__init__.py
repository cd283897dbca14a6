"""Evidence: files that branches upload, each proving one indicator or several."""
