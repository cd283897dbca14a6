"""Tapering lines with a diamond, on both sides of a line of text."""

from __future__ import annotations

from reports.certificate.artwork.palette import GOLD
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import polygon


def draw(paper: Paper, x: float, y: float, inner: float, outer: float) -> None:
    """Draw the lines from `inner` to `outer` millimetres to the left and right of x."""
    for side in (-1, 1):
        near, far = x + side * inner, x + side * outer
        thick = 0.28
        paper.fill(polygon([(near, y - thick), (far, y), (near, y + thick)]), GOLD)
        for at, size in ((near - side * 2.4, 1.15), (near - side * 4.6, 0.6)):
            diamond = [(at - size, y), (at, y - size), (at + size, y), (at, y + size)]
            paper.fill(polygon(diamond), GOLD)
