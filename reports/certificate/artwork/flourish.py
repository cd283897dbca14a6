"""Tapering lines with a diamond, on both sides of a line of text."""

from __future__ import annotations

from reportlab.lib.colors import Color

from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import polygon


def draw(paper: Paper, inner: float, outer: float, colour: Color) -> None:
    """Draw the lines from `inner` to `outer` millimetres to the left and right of the origin."""
    for side in (-1, 1):
        near, far = side * inner, side * outer
        thick = 0.28
        paper.fill(polygon([(near, -thick), (far, 0), (near, thick)]), colour)
        for at, size in ((near - side * 2.4, 1.15), (near - side * 4.6, 0.6)):
            diamond = [(at - size, 0), (at, -size), (at + size, 0), (at, size)]
            paper.fill(polygon(diamond), colour)
