"""What the interface sends and takes; numbers of points are decimal texts, never fractions."""
