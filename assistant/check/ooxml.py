"""Word paragraphs as text with places: find a place, cut runs around it, comment and suggest.

Runs are split where words begin and end; everything else in the file stays as it is. What was
deleted in tracked changes is no text, what was inserted is.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rt", "rPr", "pPr", "txbxContent"))
_TRACKED = frozenset({f"{W}ins", f"{W}moveTo"})
Node: TypeAlias = etree._Element


@dataclass(frozen=True, slots=True)
class Signature:
    """Who suggests, and when."""

    author: str
    when: str

    @classmethod
    def now(cls, author: str) -> Signature:
        return cls(author, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One ``w:t`` with its place in the paragraph's text."""

    node: Node
    start: int
    end: int


def pieces(paragraph: Node) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for node in _texts(paragraph):
        length = len(node.text or "")
        found.append(Piece(node, at, at + length))
        at += length
    return found


def _texts(node: Node) -> Iterator[Node]:
    for child in node:
        if child.tag == f"{W}t":
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            # Both halves say the same; the reader takes the first.
            yield from _texts(child[0]) if len(child) else ()
        elif child.tag not in _GONE and child.tag != f"{W}p" and not _hidden(child):
            yield from _texts(child)


def _hidden(node: Node) -> bool:
    mark = node.find(f"{W}rPr/{W}vanish") if node.tag == f"{W}r" else None
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def text_of(paragraph: Node) -> str:
    return "".join(piece.node.text or "" for piece in pieces(paragraph))


def squeezed(text: str) -> tuple[str, list[int]]:
    """Half width without what is not seen, and for every character where it came from."""
    kept: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(text):
        if unicodedata.category(char) in ("Cf", "Cc"):
            continue
        for plain in re.sub(r"\s+", "", unicodedata.normalize("NFKC", char)):
            kept.append(plain)
            origin.append(i)
    return "".join(kept), origin


def isolate(paragraph: Node, start: int, end: int) -> list[Node]:
    """The runs that hold exactly the characters from start to end."""
    _split(paragraph, start)
    _split(paragraph, end)
    runs: list[Node] = []
    for piece in pieces(paragraph):
        run = _run_of(piece.node)
        inside = start <= piece.start and piece.end <= end and piece.start < piece.end
        if inside and run is not None and run not in runs:
            runs.append(run)
    return runs


def _run_of(node: Node) -> Node | None:
    parent = node.getparent()
    return parent if parent is not None and parent.tag == f"{W}r" else None


def _split(paragraph: Node, at: int) -> None:
    """Make a run begin at a place of the paragraph's text."""
    for piece in pieces(paragraph):
        run = _run_of(piece.node)
        if run is None or not piece.start <= at < piece.end:
            continue
        if at > piece.start:
            _cut_text(piece, at - piece.start)
        elif not _leads(piece.node, run):
            _move_on(run, piece.node)
        return


def _leads(node: Node, run: Node) -> bool:
    return next(child for child in run if child.tag != f"{W}rPr") is node


def _cut_text(piece: Piece, at: int) -> None:
    node, run = piece.node, _run_of(piece.node)
    assert run is not None
    text = node.text or ""
    rest = etree.Element(f"{W}t")
    rest.text = text[at:]
    rest.set(_SPACE, "preserve")
    node.text = text[:at]
    node.set(_SPACE, "preserve")
    node.addnext(rest)
    _move_on(run, rest)


def _move_on(run: Node, first: Node) -> None:
    """A second run takes over from ``first`` on, with the same formatting."""
    other = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        other.append(copy.deepcopy(properties))
    moved = [first, *first.itersiblings()]
    for child in moved:
        other.append(child)
    run.addnext(other)


def suggest(runs: list[Node], new: str, signed: Signature, revision: int) -> tuple[Node, Node]:
    """Old words struck out and new ones put behind them; only an addition where new goes on."""
    for run in runs:
        _alone(run)
    old = "".join(node.text or "" for run in runs for node in run.iter(f"{W}t"))
    properties = runs[0].find(f"{W}rPr")
    if new.startswith(old):
        inserted = _inserted(new.removeprefix(old), properties, signed, revision + 1)
        _outside(runs[-1]).addnext(inserted)
        return _outside(runs[0]), inserted
    if new.endswith(old):
        inserted = _inserted(new.removesuffix(old), properties, signed, revision + 1)
        _outside(runs[0]).addprevious(inserted)
        return inserted, _outside(runs[-1])
    inserted = _inserted(new, properties, signed, revision + 1)
    strikes = [_strike(run, signed, revision) for run in runs]
    _outside(strikes[-1]).addnext(inserted)
    return _outside(strikes[0]), inserted


def _inserted(text: str, properties: Node | None, signed: Signature, revision: int) -> Node:
    inserted = mark("ins", signed, revision)
    inserted.append(plain_run(text, properties))
    return inserted


def _outside(node: Node) -> Node:
    """The node, or the insertion of somebody else that holds it alone."""
    parent = node.getparent()
    return parent if parent is not None and parent.tag in _TRACKED else node


def _alone(run: Node) -> None:
    """An insertion of somebody else is parted, so that it holds this run and nothing else: one
    insertion cannot stand in another."""
    outer = run.getparent()
    if outer is None or outer.tag not in _TRACKED:
        return
    for inner, put in (
        (list(run.itersiblings(preceding=True))[::-1], outer.addprevious),
        (list(run.itersiblings()), outer.addnext),
    ):
        if inner:
            half = etree.Element(outer.tag, dict(outer.attrib))
            half.extend(inner)
            put(half)


def _strike(run: Node, signed: Signature, revision: int) -> Node:
    struck = mark("del", signed, revision)
    run.addprevious(struck)
    struck.append(run)
    for node in run.findall(f"{W}t"):
        node.tag = f"{W}delText"
        node.set(_SPACE, "preserve")
    return struck


def plain_run(text: str, properties: Node | None = None) -> Node:
    run = etree.Element(f"{W}r")
    if properties is not None:
        own = copy.deepcopy(properties)
        # What stood there as changed formatting is not changed in new words.
        for change in own.findall(f"{W}rPrChange"):
            own.remove(change)
        run.append(own)
    node = etree.SubElement(run, f"{W}t")
    node.text = text
    node.set(_SPACE, "preserve")
    return run


def mark(kind: str, signed: Signature, revision: int) -> Node:
    made = etree.Element(f"{W}{kind}")
    made.set(f"{W}id", str(revision))
    made.set(f"{W}author", signed.author)
    made.set(f"{W}date", signed.when)
    return made


def bracket(first: Node, last: Node, comment: str) -> None:
    """Lay a comment's range around two elements of one paragraph."""
    start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
    for made in (start, end):
        made.set(f"{W}id", comment)
    _top(first).addprevious(start)
    _top(last).addnext(end)
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}commentReference").set(f"{W}id", comment)
    end.addnext(run)


def _top(node: Node) -> Node:
    """The paragraph's own child that holds the node: a range begins and ends between those, so
    that it outlives whatever becomes of a link or a change."""
    parent = node.getparent()
    while parent is not None and parent.tag != f"{W}p":
        node, parent = parent, parent.getparent()
    return node
