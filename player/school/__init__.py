"""A school's people and accounts, their enrolments and statuses, and the history of each registration."""
