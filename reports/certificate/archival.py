"""What makes a document last: PDF/A-2b's metadata and the meaning of its colours.

ISO 19005-2, level B. The rest of the standard is kept by what the other modules do and leave
out: every font is embedded, nothing is transparent, encrypted, scripted or fetched from outside.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from xml.sax.saxutils import escape

from PIL import ImageCms

from reports.certificate.container import INFO, PLAIN, SMALLEST, Document, stream

METADATA, INTENT, PROFILE = "Metadata", "OutputIntent", "ColourProfile"
PRODUCER = "Star rating certificates"
_DATE, _VERSION = slice(24, 36), slice(8, 12)  # in the head of a colour profile
_FIXED_DATE = bytes.fromhex("07EA 0001 0001 0000 0000 0000")
_ISO_15076_1 = bytes.fromhex("04200000")
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"\
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"\
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{day}T00:00:00+08:00</xmp:CreateDate>\
<xmp:ModifyDate>{day}T00:00:00+08:00</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_INTENT = (
    b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
    b"/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile %s>>"
)
_INFORMATION = b"<</Title %s/Author %s/Producer(%s)/CreationDate %s/ModDate %s>>"


@dataclass(frozen=True, slots=True)
class Description:
    """What a document says about itself."""

    title: str
    author: str
    day: datetime.date


class Identity:
    """The mark of a document, which depends on all that stands on its pages."""

    def __init__(self) -> None:
        self._seen = sha256()

    def add(self, digest: bytes) -> None:
        """Take the next page into account."""
        self._seen.update(digest)

    def mark(self) -> bytes:
        """Give the mark."""
        return self._seen.digest()[:16]


def text_string(words: str) -> bytes:
    """Give a text as a PDF string."""
    raw = b"\xfe\xff" + words.encode("utf-16-be")
    for plain, escaped in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r")):
        raw = raw.replace(plain, escaped)
    return b"(%s)" % raw


def put_description(document: Document, said: Description) -> None:
    """Write what the document is twice, as the standard wants it: for old readers and as XMP."""
    moment = b"(D:%s000000+08'00')" % f"{said.day:%Y%m%d}".encode()
    title, author = text_string(said.title), text_string(said.author)
    document.put(INFO, _INFORMATION % (title, author, PRODUCER.encode(), moment, moment))
    packet = _PACKET.format(
        title=escape(said.title), author=escape(said.author), producer=PRODUCER, day=said.day
    )
    # A program that knows no PDF finds the packet only where it is not compressed.
    document.put(METADATA, stream(packet.encode(), b"/Type/Metadata/Subtype/XML", PLAIN))


def put_colours(document: Document) -> None:
    """Write that all colours are sRGB."""
    document.put(PROFILE, stream(srgb(), b"/N 3", SMALLEST))
    document.put(INTENT, _INTENT % document.mention(PROFILE))


@cache
def srgb() -> bytes:
    """Give a colour profile whose bytes do not depend on when it is asked for.

    Little CMS makes it and dates it with the present moment; it calls it version 4.4, but uses
    nothing that version 4.2 lacks, which is the last one that PDF/A-2 knows.
    """
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    profile = bytearray(made.tobytes())
    profile[_DATE], profile[_VERSION] = _FIXED_DATE, _ISO_15076_1
    return bytes(profile)
