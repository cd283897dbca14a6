"""Forms built from rule sets: what a person is asked, and nothing that a record knows."""

from forms.facts import facts_form

__all__ = ["facts_form"]
