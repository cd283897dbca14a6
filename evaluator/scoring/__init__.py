"""Pure scoring: no web framework, no database, no clock."""
