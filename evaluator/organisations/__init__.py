"""The register of party organisations: one tree from the district down to each branch."""
