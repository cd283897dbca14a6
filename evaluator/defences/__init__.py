"""The defence: timetable, call board, score sheets, and how far panellists agree."""
