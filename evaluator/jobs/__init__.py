"""Long work in the background that survives kills: planned in steps, done on all processors.

`plans` says what a job is, `operations` starts, cancels and resumes, `queries` tells how far it is.
A foreman (`foreman`, a thread of the service) lets an engine of its own process (`engine`, DBOS)
drive the steps, which are done by processes of theirs (`hands`). Nothing is imported here: the
engine must not meet the listeners that `evaluator.database` puts on every connection.
"""
