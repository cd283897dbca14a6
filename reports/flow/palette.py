"""The colours of the flow picture; each direction has a pattern and a sign as well."""

from __future__ import annotations

from reportlab.lib.colors import HexColor

PAPER = HexColor("#FFFDF8")
INK = HexColor("#2A2421")
GREY = HexColor("#655A50")
STAYS = HexColor("#E9DFCB")
FALLS = HexColor("#E3A9A0")
FALLS_INK = HexColor("#9E1118")
RISES = HexColor("#BFD9CF")
RISES_INK = HexColor("#1D5F4F")
BAR = HexColor("#8A6212")
