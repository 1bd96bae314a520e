"""The evidence that a model is shown: numbered, delimited clauses, as many as the budget takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.model.budget import cut, tokens
from index.types import Clause, Document

LEAST = 60  # tokens; below that no further clause is tried
_SIGNS = re.compile(r"<<<|>>>|【条款")


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int
    document: Document
    clause: Clause
    shown: str


@dataclass(frozen=True, slots=True)
class Pack:
    items: tuple[Numbered, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(item.shown for item in self.items)

    def find(self, reference: str) -> Numbered | None:
        """What a model's reference means: a number that it was shown, or the clause's address."""
        return next(
            (one for one in self.items if reference in (str(one.number), one.clause.id)), None
        )


def pack(clauses: Iterable[Clause], documents: Mapping[str, Document], most: int) -> Pack:
    """In the order given; the first may be cut to half of the budget, later ones fit or wait."""
    items: list[Numbered] = []
    left = most
    for clause in {clause.id: clause for clause in clauses}.values():
        document = documents.get(clause.document_id)
        if document is None or not clause.text.strip() or left < LEAST:
            continue
        words = cut(clause.text, most // 2)
        shown = _shown(len(items) + 1, document, clause, words)
        if (cost := tokens(shown)) <= left:
            left -= cost
            items.append(Numbered(len(items) + 1, document, clause, shown))
    return Pack(tuple(items))


def _shown(number: int, document: Document, clause: Clause, words: str) -> str:
    facts = "，".join(
        fact
        for fact in (document.doc_no, document.date, "摘编" if document.is_digest else "")
        if fact
    )
    where = " › ".join(_bare(part) for part in clause.path)
    head = f"【条款 {number}】《{_bare(document.title)}》" + (f"（{facts}）" if facts else "")
    return f"{head} {where}\n<<<\n{_bare(words)}\n>>>"


def _bare(text: str) -> str:
    """The text without what would look like a delimiter of ours."""
    return _SIGNS.sub(
        lambda found: "".join(
            chr(ord(c) + 0xFEE0) if ord(c) < 128 else "（" if c == "【" else c
            for c in found.group()
        ),
        text,
    )


def with_children(clauses: Sequence[Clause], every: Sequence[Clause]) -> list[Clause]:
    """Each clause followed by those directly below it: a heading alone says nothing."""
    below: dict[str, list[Clause]] = {}
    for clause in every:
        if clause.parent:
            below.setdefault(clause.parent, []).append(clause)
    return [one for clause in clauses for one in (clause, *below.get(clause.id, ()))]
