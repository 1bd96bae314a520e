"""Which of the cited documents a stretch of a statement speaks of, by place or by title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.verify.passages import Passage, region_names
from assistant.verify.wording import plain
from index.types import Document

FIRST_SIGN = 0xE300
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")


def with_title_signs(said: str, passages: Sequence[Passage]) -> str:
    """Titles of cited documents, bracketed or bare, as signs that say only whose they are."""
    for sign, document in _signed(passages).items():
        titles = {plain(document.title), *re.findall(r"《[^》]+》", plain(document.title))}
        for title in sorted(filter(None, titles), key=len, reverse=True):
            bare = title.strip("《》")
            said = said.replace(f"《{bare}》", f"《{sign}》").replace(bare, f"《{sign}》")
    return said


def last_named(before: str, passages: Sequence[Passage]) -> frozenset[str]:
    """The documents named last in ``before``; empty where none was, or only one is cited."""
    documents = _signed(passages)
    titled = [sign for sign in re.split(r"[。!?\n]", before)[-1] if sign in documents]
    if titled and len(documents) > 1:
        return frozenset({documents[titled[-1]].id})
    # “浙江制造” is a name, not the place.
    before = _QUOTED.sub(lambda m: "□" * len(m[0]), before)
    last = {
        document.id: max(before.rfind(name) for name in _names(sign, document))
        for sign, document in _signed(passages).items()
    }
    latest = max(last.values(), default=-1)
    if len(last) < 2 or latest < 0:
        return frozenset()
    return frozenset(name for name, at in last.items() if at == latest)


def by_document(text: str, passages: Sequence[Passage]) -> Iterator[tuple[str, list[Passage]]]:
    """Each sentence or part of one with the passages that it may draw on.

    A part that names a document (by its place or title) draws on that one, and so do the parts
    after it until another is named.
    """
    documents = _signed(passages)
    allowed = {document.id for document in documents.values()}
    for part in re.split(r"[。;!?\n]", text):
        pieces = [part] if len(_named(part, documents)) < 2 else part.split(",")
        for piece in pieces:
            allowed = _named(piece, documents) or allowed
            yield piece, [p for p in passages if p.document.id in allowed]


def _named(part: str, documents: Mapping[str, Document]) -> set[str]:
    """The documents that a stretch names, by title or by place."""
    titled = {d.id for sign, d in documents.items() if sign in part}
    bare = _QUOTED.sub("", part)
    return titled or {d.id for d in documents.values() if any(n in bare for n in region_names(d))}


def _signed(passages: Sequence[Passage]) -> dict[str, Document]:
    documents = {p.document.id: p.document for p in passages}
    return {chr(FIRST_SIGN + i): documents[name] for i, name in enumerate(sorted(documents))}


def _names(sign: str, document: Document) -> tuple[str, ...]:
    return (sign, *region_names(document))
