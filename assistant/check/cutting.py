"""Lines of clauses in reading order, and sentences cut out of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from assistant.check.types import Place, Sentence
from index.types import Clause, Span

_SENTENCE = re.compile(r"[^。；;！!？?\n\t]+[。；;！!？?]?[”\"』」）)]?")


def halved(text: str) -> str:
    """Half width and without white space: how words are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def places(clauses: Iterable[Clause]) -> list[Place]:
    """Every line of the clauses in reading order."""
    found = [
        Place(clause, span, words, i == 0)
        for clause in clauses
        for i, (span, words) in enumerate(zip(clause.spans, clause.text.split("\n"), strict=True))
    ]
    return sorted(found, key=lambda place: place.span.start)


def cut(bare: str, start: int, place: Place) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(bare, start):
        text = match.group()
        left = len(text) - len(text.lstrip(" 　()（）【】[]"))
        right = len(text.rstrip(" 　(（【["))
        if right - left < 2 or not re.search(r"[\w]", text):
            continue
        at = place.span.start + match.start()
        yield Sentence(Span(at + left, at + right), text[left:right], place.clause.id)
