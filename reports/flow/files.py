"""The flow picture, or any other drawing, as SVG for a page, and as PDF for paper."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from reports.flow.data import Flow
from reports.flow.drawing import draw
from reports.flow.text import outlined


def as_svg(flow: Flow, name: str = "flow") -> str:
    """Return the picture as an SVG document that scales with what is around it.

    `name` tells its ids from those of other pictures on the same page.
    """
    return drawing_as_svg(draw(flow), flow.title, name)


def drawing_as_svg(drawing: Drawing, title: str, name: str) -> str:
    """Return a drawing as an SVG document that scales; `title` is read instead of it."""
    drawn: str = renderSVG.drawToString(
        drawing,
        svgAttrs={
            "width": f"{drawing.width:g}",
            "height": f"{drawing.height:g}",
            "viewBox": f"0 0 {drawing.width:g} {drawing.height:g}",
            "role": "img",
            "aria-label": title,
            "version": "1.1",
        },
    )
    for old, new in (
        ("<title>...</title>", f"<title>{escape(title)}</title>"),
        ("<desc>...</desc>", ""),
        ('id="clip"', f'id="{name}-clip"'),
        ("url(#clip)", f"url(#{name}-clip)"),
        ('id="group"', f'id="{name}"'),
    ):
        drawn = drawn.replace(old, new)
    return drawn


def without_head(svg: str) -> str:
    """Return an SVG document as it stands inside a page."""
    return svg[svg.index("<svg") :]


def as_pdf(flow: Flow) -> bytes:
    """Return the picture as a PDF of one page of its own size, all characters as outlines."""
    return drawing_as_pdf(draw(flow), flow.title)


def drawing_as_pdf(drawing: Drawing, title: str) -> bytes:
    """Return a drawing as a PDF of one page of its own size, all characters as outlines."""
    file = BytesIO()
    canvas = Canvas(file, (drawing.width, drawing.height), invariant=True)
    canvas.setTitle(title)
    renderPDF.draw(outlined(drawing), canvas, 0, 0)
    canvas.save()
    return file.getvalue()
