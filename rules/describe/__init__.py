"""Rule sets in plain words, Chinese and English."""
