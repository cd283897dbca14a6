"""What all pages share: layout, headers, errors, languages and the unit of work of a request."""
