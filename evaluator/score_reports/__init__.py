"""What a branch sees of its result: points, reasons, the way to the next star."""
