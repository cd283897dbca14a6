"""Lists of events and ratings in columns, reduced for all organisations at once."""

from evaluator.scoring.columnar.lists.reducers import (
    Lists,
    Reducer,
    Refusal,
    reducer_of,
    refusals_of,
)

__all__ = ["Lists", "Reducer", "Refusal", "reducer_of", "refusals_of"]
