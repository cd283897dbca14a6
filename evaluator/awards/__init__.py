"""Awards: levels held, demotion, revocation, re-audit, validity, follow-up."""
