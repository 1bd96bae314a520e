"""What tells a file that comes back where its paragraphs are from: a hidden bookmark on every
clause, named by the clause's id, and which version of which draft it was, among its properties.

Word keeps both through editing; neither is seen by a reader, and a clean copy has neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from xml.sax.saxutils import escape

from docx.document import Document as Docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

_PREFIX = "_zc_"  # an underscore hides a bookmark in Word's list of them
_PROPERTY = "policy-assistant-draft"
_PART = "/docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # user-defined properties, as Office writes
TITLE = "#title"


@dataclass(frozen=True, slots=True)
class Origin:
    """The saved version that a file was written from."""

    draft: int
    version: int


def name_of(clause_id: str) -> str:
    """The bookmark of a clause: a name may have forty letters, an id may be longer."""
    return _PREFIX + sha256(clause_id.encode()).hexdigest()[:20]


def is_ours(name: str) -> bool:
    return name.startswith(_PREFIX)


def mark(paragraphs: Sequence[Paragraph], clause_id: str, number: int) -> None:
    """Puts the clause's bookmark around its paragraphs."""
    if not paragraphs:
        return
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name_of(clause_id))
    first = paragraphs[0]._p
    first.insert(1 if first.pPr is not None else 0, start)
    paragraphs[-1]._p.append(end)


def sign(doc: Docx, origin: Origin) -> None:
    """Writes which version this file is of into its custom properties."""
    value = escape(f"{origin.draft}/{origin.version}")
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{_SPACE}" xmlns:vt="{_VALUE}">'
        f'<property fmtid="{_FORMAT}" pid="2" name="{_PROPERTY}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
    )
    package = doc.part.package
    part = Part(PackURI(_PART), _TYPE, xml.encode(), package)
    package.relate_to(part, _KIND)


def origin_of(custom: bytes | None) -> Origin | None:
    """The version that the custom properties of a file name; None for a stranger's file."""
    if custom is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(custom, parser)
    except etree.XMLSyntaxError:
        return None
    for one in root.iter(f"{{{_SPACE}}}property"):
        draft, _, version = "".join(one.itertext()).strip().partition("/")
        if one.get("name") == _PROPERTY and draft.isdecimal() and version.isdecimal():
            return Origin(int(draft), int(version))
    return None
