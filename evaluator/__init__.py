"""Rating of grassroots party organisations: the service."""
