"""The service under load: the last evening of a district, against a bare application."""
