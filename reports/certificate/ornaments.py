"""A template's ornaments, drawn in their boxes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from reportlab.pdfgen.pathobject import PDFPathObject

from reports.certificate.artwork import border, flourish, ground, medallion, ribbon
from reports.certificate.artwork.palette import blend
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import circle, line, notched, rectangle
from reports.certificate.templates.model import Box, Ornament, Template

Drawing = Callable[[Paper, Template, Ornament], None]


def draw(paper: Paper, template: Template, ornament: Ornament) -> None:
    """Draw an ornament."""
    _DRAWINGS[ornament.kind](paper, template, ornament)


def _ground(paper: Paper, template: Template, ornament: Ornament) -> None:
    """Fill the page, and beyond its edge what will be cut off."""
    page, colours = template.page, ornament.colours
    extent = page.width + 2 * page.bleed, page.height + 2 * page.bleed
    path = rectangle(-page.bleed, -page.bleed, *extent)
    shades = blend((0.0, colours["inner"]), (0.55, colours["middle"]), (1.0, colours["outer"]))
    middle = page.width / 2, page.height / 2
    paper.radial(path, middle, math.hypot(*middle), shades)


def _waves(paper: Paper, template: Template, ornament: Ornament) -> None:
    box, numbers = ornament.box, ornament.numbers
    with paper.clipped(_outline(box, numbers["notch"])), paper.placed(*box.middle):
        size = box.width, box.height
        ground.waves(paper, *size, numbers["step"], ornament.colours["colour"], numbers["width"])


def _outline(box: Box, notch: float) -> PDFPathObject:
    return notched(box.x, box.y, box.width, box.height, notch)


def _rosette(paper: Paper, template: Template, ornament: Ornament) -> None:
    box = ornament.box
    scale = min(box.width, box.height) / 2 / ground.ROSETTE
    with paper.placed(*box.middle, scale):
        ground.rosette(paper, ornament.colours["colour"], ornament.numbers["width"] / scale)


def _corners(paper: Paper, template: Template, ornament: Ornament) -> None:
    box, numbers = ornament.box, ornament.numbers
    scale, out = numbers["reach"] / ground.CORNER, numbers["offset"]
    with paper.form() as corner, paper.placed(0, 0, scale):
        ground.corner(paper, ornament.colours["colour"], numbers["width"] / scale)
    with paper.clipped(_outline(box, numbers["notch"])):
        for x in (box.x - out, box.x + box.width + out):
            for y in (box.y - out, box.y + box.height + out):
                paper.use(corner, x, y)


def _arcs(paper: Paper, template: Template, ornament: Ornament) -> None:
    """Draw three quarter circles in both upper corners, each smaller than the last."""
    box, reach = ornament.box, ornament.numbers["reach"]
    with paper.form() as corner:
        paper.setLineCap(1)
        for n in range(3):
            paper.setStrokeColor(ornament.colours["colour"])
            paper.setLineWidth(ornament.numbers["width"] * (1 - n * 0.2))
            side, gap = reach * (1 - n * 0.24), reach * n * 0.07
            paper.arc(gap, -gap - 2 * side, gap + 2 * side, -gap, 90, 90)
    for across, x in ((1, box.x), (-1, box.x + box.width)):
        paper.use(corner, x, box.y + box.height, across=across)


def _border(paper: Paper, template: Template, ornament: Ornament) -> None:
    box, colours = ornament.box, ornament.colours
    scale = ornament.numbers["band"] / border.BAND_WIDTH
    guilloche = bool(ornament.numbers["guilloche"])
    size = box.width / scale, box.height / scale
    with paper.placed(box.x, box.y, scale):
        border.Border(*size, colours["red"], colours["gold"], guilloche).draw(paper)


def _flourish(paper: Paper, template: Template, ornament: Ornament) -> None:
    box = ornament.box
    with paper.placed(*box.middle):
        inner = ornament.numbers["gap"] / 2
        flourish.draw(paper, inner, box.width / 2, ornament.colours["colour"])


def _rays(paper: Paper, template: Template, ornament: Ornament) -> None:
    numbers, colours = ornament.numbers, ornament.colours
    with paper.placed(*ornament.box.middle, _radius(ornament.box)):
        ends = numbers["inner"], numbers["shorter"]
        medallion.rays(paper, *ends, colours["colour"], colours["tip"])


def _emblem(paper: Paper, template: Template, ornament: Ornament) -> None:
    with paper.placed(*ornament.box.middle, _radius(ornament.box) / medallion.RADIUS):
        medallion.disc(paper)


def _laurel(paper: Paper, template: Template, ornament: Ornament) -> None:
    with paper.placed(*ornament.box.middle, _radius(ornament.box) / medallion.WREATH):
        medallion.wreath(paper)


def _ribbon(paper: Paper, template: Template, ornament: Ornament) -> None:
    with paper.placed(*ornament.box.middle, ornament.box.width / ribbon.WIDTH):
        ribbon.draw(paper)


def _picture(paper: Paper, template: Template, ornament: Ornament) -> None:
    """Draw a picture as large as its box holds it, in its own proportions."""
    box, picture = ornament.box, ornament.picture
    if picture is not None:
        scale = min(box.width / picture.width, box.height / picture.height)
        size = picture.width * scale, picture.height * scale
        x, y = box.middle
        paper.picture(picture, x - size[0] / 2, y - size[1] / 2, *size)


def _radius(box: Box) -> float:
    return min(box.width, box.height) / 2


def _panel(paper: Paper, template: Template, ornament: Ornament) -> None:
    box, width = ornament.box, ornament.numbers["width"]
    path = rectangle(box.x, box.y, box.width, box.height)
    paper.fill(path, ornament.colours["fill"])
    if width:
        paper.stroke(path, ornament.colours["line"], width)


def _seal(paper: Paper, template: Template, ornament: Ornament) -> None:
    """Dot the circle where a seal will be pressed over the issuer and the date."""
    width = ornament.numbers["width"]
    paper.saveState()
    paper.setLineCap(1)
    paper.setDash([0.01, width * 3.36])
    path = circle(*ornament.box.middle, _radius(ornament.box))
    paper.stroke(path, ornament.colours["colour"], width)
    paper.restoreState()


def _rule(paper: Paper, template: Template, ornament: Ornament) -> None:
    box, y = ornament.box, ornament.box.middle[1]
    path = line((box.x, y), (box.x + box.width, y))
    paper.stroke(path, ornament.colours["colour"], ornament.numbers["width"])


_DRAWINGS: Mapping[str, Drawing] = {
    "ground": _ground,
    "waves": _waves,
    "rosette": _rosette,
    "corners": _corners,
    "arcs": _arcs,
    "border": _border,
    "flourish": _flourish,
    "rays": _rays,
    "emblem": _emblem,
    "laurel": _laurel,
    "ribbon": _ribbon,
    "picture": _picture,
    "panel": _panel,
    "seal": _seal,
    "rule": _rule,
}
