"""What LibreOffice loses when a field of an old .doc holds whole paragraphs.

Office systems fill their templates through such fields. The conversion writes the paragraphs as
neighbouring w:t of one run: where the break was, only the seam is left, and nested field codes
stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from index.read.wordnumbers import W

_CODE = re.compile(
    r"\s*(?:MERGEFIELD|HYPERLINK|DOCPROPERTY|DOCVARIABLE|INCLUDETEXT|REF|PAGEREF|DATE|TIME|FILENAME)"
    r"\b[^\u4e00-\u9fff]*"
)


def restore_breaks(root: etree._Element) -> None:
    """Put the paragraph breaks back into runs of several texts, and take field codes out."""
    for run in root.iter(f"{W}r"):
        for seam in list(_seams(run)):
            seam.addnext(etree.Element(f"{W}br"))


def _seams(run: etree._Element) -> Iterator[etree._Element]:
    """Texts after which a paragraph ended: not where a field begins, divides or ends."""
    in_field = False
    for text in run.findall(f"{W}t"):
        if in_field:
            in_field = False
            continue
        following = text.getnext()
        if following is None or following.tag != f"{W}t":
            continue
        if _CODE.fullmatch(text.text or ""):
            text.text = ""
            in_field = True
        elif not _CODE.fullmatch(following.text or ""):
            yield text
