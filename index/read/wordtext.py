"""The words of one Word paragraph, as they are printed: changes accepted, codes left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from index.read.wordnumbers import W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
GONE = {
    f"{W}{name}"
    for name in (
        "del moveFrom delText instrText delInstrText pPr rPr sdtPr sdtEndPr rt rubyPr fldData "
        "tblPr tblGrid sectPr annotationRef footnoteRef endnoteRef"
    ).split()
}
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
# The boxes and ticks of Wingdings that forms use; its other pictures say nothing in words.
_SYMBOLS = {0xA8: "□", 0x6F: "□", 0x71: "□", 0xFE: "☑", 0x52: "☑", 0xFD: "☒", 0xFC: "√", 0xFB: "×"}


@dataclass(slots=True)
class Words:
    """The pieces of one paragraph, and what hangs on it."""

    text: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


def chosen(alternate: etree._Element) -> etree._Element:
    choice = alternate.find(f"{MC}Choice")
    fallback = alternate.find(f"{MC}Fallback")
    return next(part for part in (choice, fallback, alternate) if part is not None)


def words_of(paragraph: etree._Element) -> Words:
    words = Words()
    _collect(paragraph, words)
    return words


def _collect(element: etree._Element, words: Words) -> None:
    for child in element:
        tag = child.tag
        if tag in (f"{W}t", f"{_MATH}t"):
            words.text.append(child.text or "")
        elif tag in _SIGNS:
            words.text.append(_SIGNS[tag])
        elif tag == f"{W}sym":
            words.text.append(_symbol(child))
        elif tag in _NOTES:
            words.notes.append((_NOTES[tag], child.get(f"{W}id", "")))
        elif tag in _FORMULAS:
            words.text.append(_FORMULAS[tag](child))
        elif tag == f"{W}txbxContent":
            words.boxes.append(child)
        elif tag == f"{MC}AlternateContent":
            _collect(chosen(child), words)
        elif tag not in GONE and not (tag == f"{W}r" and _hidden(child)):
            _collect(child, words)


def _fraction(element: etree._Element) -> str:
    """A built-up fraction on one line."""
    above, below = _math(element, "num"), _math(element, "den")
    return "/".join(f"({text})" if len(text) > 1 else text for text in (above, below))


def _brackets(element: etree._Element) -> str:
    inside = ",".join("".join(words_of(part).text) for part in element.iterchildren(f"{_MATH}e"))
    return _sign(element, "begChr", "(") + inside + _sign(element, "endChr", ")")


def _sum(element: etree._Element) -> str:
    sign = _sign(element, "chr", "∫")
    return sign + "".join(_math(element, name) for name in ("sub", "sup", "e"))


def _sign(element: etree._Element, name: str, usual: str) -> str:
    found = element.find(f"*/{_MATH}{name}")
    return usual if found is None else str(found.get(f"{_MATH}val", ""))


def _math(element: etree._Element, name: str) -> str:
    part = element.find(f"{_MATH}{name}")
    return "" if part is None else "".join(words_of(part).text)


_FORMULAS = {f"{_MATH}f": _fraction, f"{_MATH}d": _brackets, f"{_MATH}nary": _sum}


def _hidden(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _symbol(element: etree._Element) -> str:
    code = int(element.get(f"{W}char", "0"), 16)
    if 0xE000 <= code <= 0xF8FF:
        return _SYMBOLS.get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""
