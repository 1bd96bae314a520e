"""Where the words that were read from a Word file stand in it.

The reader gives one text; the file has paragraphs, whose numbers may stand in no run, whose cells
may be repeated in every row that they reach over. So paragraphs and text are laid side by side:
those that occur once are anchors, the others are found between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.check.ooxml import Node, W, squeezed, text_of
from index.types import Span

_ANCHOR = 6  # characters that make a paragraph worth looking for in the whole text


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of one paragraph; ``exact`` is False where they only stand near what is meant."""

    paragraph: Node
    start: int
    end: int
    exact: bool


class WordMap:
    """The places of a text in the body of a Word file."""

    def __init__(self, body: Node, text: str) -> None:
        whole, self._origin = squeezed(text)
        self._paragraphs = [p for p in paragraphs(body) if squeezed(text_of(p))[0]]
        self._keys = [squeezed(text_of(p))[0] for p in self._paragraphs]
        found = aligned(self._keys, whole)
        self._order = sorted(found, key=lambda i: found[i])
        self._starts = [found[i] for i in self._order]
        # The share of the text whose place is known.
        self.known = sum(len(self._keys[i]) for i in self._order) / max(len(whole), 1)

    def place(self, span: Span) -> Place | None:
        """The paragraph that holds most of the words at a span, and where; else the words before
        them, for what stands in a footnote or a text box can carry no comment."""
        start, end = bisect_left(self._origin, span.start), bisect_left(self._origin, span.end)
        last = bisect_right(self._starts, end)
        shares = [(self._shared(at, start, end), -at) for at in range(last)]
        best, at = max(shares, default=(0, 0))
        if best > 0:
            offset, length = self._starts[-at], len(self._keys[self._order[-at]])
            exact = offset <= start and end <= offset + length
            return self._at(-at, max(start, offset), min(end, offset + length), exact)
        before = bisect_right(self._starts, start) - 1
        if before < 0:
            return None
        offset = self._starts[before]
        return self._at(before, offset, offset + len(self._keys[self._order[before]]), False)

    def _shared(self, at: int, start: int, end: int) -> int:
        offset = self._starts[at]
        return min(end, offset + len(self._keys[self._order[at]])) - max(start, offset)

    def _at(self, at: int, start: int, end: int, exact: bool) -> Place:
        """A stretch of the squeezed text as characters of the paragraph."""
        paragraph = self._paragraphs[self._order[at]]
        _, origin = squeezed(text_of(paragraph))
        offset = self._starts[at]
        return Place(paragraph, origin[start - offset], origin[end - offset - 1] + 1, exact)


def paragraphs(node: Node) -> Iterator[Node]:
    """The paragraphs that can carry a comment, in reading order."""
    for child in node:
        if child.tag == f"{W}p":
            yield child
        elif child.tag not in (f"{W}del", f"{W}moveFrom"):
            yield from paragraphs(child)


def aligned(keys: Sequence[str], whole: str) -> dict[int, int]:
    """Where each paragraph begins in the whole text, as far as it stands there in order."""
    found = dict(_anchors(keys, whole))
    bounds = [(-1, 0), *((i, at) for i, at in sorted(found.items())), (len(keys), len(whole))]
    for (i, at), (j, limit) in pairwise(bounds):
        at += len(keys[i]) if i >= 0 else 0
        for k in range(i + 1, j):
            here = whole.find(keys[k], at, limit)
            if here >= 0:
                found[k] = here
                at = here + len(keys[k])
    return found


def _anchors(keys: Sequence[str], whole: str) -> list[tuple[int, int]]:
    """Paragraphs that occur once on either side, as many as keep the same order."""
    often = Counter(keys)
    once = [
        (i, whole.index(key))
        for i, key in enumerate(keys)
        if len(key) >= _ANCHOR and often[key] == 1 and whole.count(key) == 1
    ]
    return [once[i] for i in _rising([at for _, at in once])]


def _rising(values: Sequence[int]) -> list[int]:
    """The longest rising run of values, by their places (patience sorting)."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for i, value in enumerate(values):
        pile = bisect_left(tops, value)
        before.append(tails[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [i]
        tops[pile : pile + 1] = [value]
    chain: list[int] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]
