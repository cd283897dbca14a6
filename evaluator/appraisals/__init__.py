"""Democratic appraisals: one-time codes on slips, anonymous ballots, and paper as alternative."""
