"""Panels: who judges which cases, without conflicts, in a drawn order."""
