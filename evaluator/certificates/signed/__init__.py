"""A batch as single files with the district's digital signature, one for each certificate."""
