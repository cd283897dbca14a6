"""What acts in a PDF: scripts, actions, attachments, media and references to other files."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Stream

from evaluator.evidence.checks.verdict import Removed

R = Removed
_KEYS = {
    "/JavaScript": R.SCRIPTS,
    "/JS": R.SCRIPTS,
    "/AA": R.ACTIONS,
    "/EmbeddedFiles": R.ATTACHMENTS,
    "/EF": R.ATTACHMENTS,
    "/RF": R.ATTACHMENTS,
    "/AF": R.ATTACHMENTS,
    "/XFA": R.FORM,
    "/OPI": R.ACTIONS,
    "/Ref": R.ACTIONS,
    "/SpiderInfo": R.LINKS,
}
"""Keys that hold something active wherever they stand."""
_ACTIONS = {
    "/JavaScript": R.SCRIPTS,
    "/URI": R.LINKS,
    "/Launch": R.ACTIONS,
    "/SubmitForm": R.ACTIONS,
    "/ResetForm": R.ACTIONS,
    "/ImportData": R.ACTIONS,
    "/GoToR": R.ACTIONS,
    "/GoToE": R.ACTIONS,
    "/GoToDp": R.ACTIONS,
    "/Rendition": R.MEDIA,
    "/Movie": R.MEDIA,
    "/Sound": R.MEDIA,
    "/GoTo3DView": R.MEDIA,
    "/RichMediaExecute": R.MEDIA,
}
"""Actions other than going to a page of the same document."""
_ANNOTATIONS = {
    "/FileAttachment": R.ATTACHMENTS,
    "/RichMedia": R.MEDIA,
    "/Screen": R.MEDIA,
    "/Movie": R.MEDIA,
    "/Sound": R.MEDIA,
    "/3D": R.MEDIA,
}
_OUTER_DATA = ("/F", "/FFilter", "/FDecodeParms")
"""Keys of a stream whose data lie in another file."""


def remove_active(pdf: pikepdf.Pdf) -> tuple[Removed, ...]:
    """Take out of a document whatever acts or reaches outside; return what kinds were found.

    Every object is looked at, whether a page reaches it or not.
    """
    found: set[Removed] = set()
    for each in _dictionaries(pdf):
        found |= _clean(each)
    if isinstance(pdf.Root.get("/OpenAction"), Dictionary):
        # What is left of one may only turn to a page, which nobody misses.
        del pdf.Root["/OpenAction"]
    for page in pdf.pages:
        _drop_empty_annotations(page.obj)
    return tuple(each for each in Removed if each in found)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Dictionary | Stream]:
    """Yield every dictionary, those inside of others too; what is referred to comes by itself."""
    waiting = [pdf.trailer, *pdf.objects]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | Stream):
            yield each
            waiting += [value for _, value in each.items() if _is_inside(value)]
        elif isinstance(each, Array):
            waiting += [value for value in each if _is_inside(value)]


def _is_inside(value: object) -> bool:
    return isinstance(value, Array | Dictionary) and not value.is_indirect


def _clean(each: Dictionary | Stream) -> set[Removed]:
    """Take what is active out of one dictionary; an action or annotation is emptied as a whole."""
    kind = _whole_kind(each)
    if kind is not None:
        for key in list(each.keys()):
            del each[key]
        return {kind}
    found = set()
    for key in each.keys() & _KEYS.keys():
        found.add(_KEYS[key])
        del each[key]
    if isinstance(each, Stream):
        found |= {R.ACTIONS for key in _OUTER_DATA if key in each}
        for key in each.keys() & set(_OUTER_DATA):
            del each[key]
    return found


def _whole_kind(each: Dictionary | Stream) -> Removed | None:
    if isinstance(each, Stream):
        return None
    if each.get("/Type") != "/StructElem" and str(each.get("/S", "")) in _ACTIONS:
        return _ACTIONS[str(each.S)]
    if "/Rect" in each:
        return _ANNOTATIONS.get(str(each.get("/Subtype", "")))
    return None


def _drop_empty_annotations(page: Dictionary) -> None:
    annotations = page.get("/Annots")
    if not isinstance(annotations, Array):
        return
    kept = [each for each in annotations if isinstance(each, Dictionary) and len(each.keys())]
    if len(kept) < len(annotations):
        page["/Annots"] = Array(kept)
