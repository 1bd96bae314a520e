"""How strongly a thing is said: 鼓励 is not 必须, and neither is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.wording import pairs, wording

LEAST = 3
SAME = 0.7
ALIKE = 0.8
NEXT = 2
_MUST = re.compile("(?<![无毋必])须(?!知)")  # 须 and 必须 are one duty


def strength_fault(said: str, quoted: Sequence[str], ground: str) -> str | None:
    """A strength that the words beside it do not have in the quotes, or that they have and lost."""
    for part in re.split(r"[。;!?\n]", said):
        for piece in part.split(","):
            near = nearest(piece, quoted) if len(pairs(piece)) >= LEAST else ground
            if (word := _added(piece, near, ground)) is not None:
                return f"引文没有“{word}”这样的力度"
        if (word := _softened(part, nearest(part, quoted))) is not None:
            return f"引文只说“{word}”，没有说定"
    return None


def nearest(said: str, quoted: Sequence[str]) -> str:
    """The sentences of the quotes that say most of a stretch; all where none says any of it."""
    sentences = [s for text in quoted for s in re.split(r"[。!?\n]", text) if s]
    told = pairs(said, ())
    shares = [len(told & pairs(sentence, ())) for sentence in sentences]
    most = max(shares, default=0)
    chosen = [s for s, share in zip(sentences, shares, strict=True) if share >= ALIKE * most]
    return "\n".join(chosen)


def _added(piece: str, near: str, ground: str) -> str | None:
    if "可以" in piece and "可" not in near and any(word in near for word in wording().duty):
        return "可以"
    for row in wording().strengths:
        # 力争 at the head of a paragraph is in force to its end.
        allowed = ground if "力争" in row else near
        word = next((w for w in row if w in piece), None)
        if word is None or any(w in allowed for w in row):
            continue
        if word == "必须" and _MUST.search(near):
            continue
        at = piece.index(word)
        sides = (piece[at : at + len(word) + NEXT], piece[max(0, at - NEXT) : at + len(word)])
        if not any(len(side) > len(word) + 1 and side in ground for side in sides):
            return word
    return None


def _softened(part: str, near: str) -> str | None:
    """A word such as 鼓励 whose object is told without it."""
    told = pairs(part)
    if any(word in part for row in wording().soft for word in row):
        return None
    for row in wording().soft:
        for piece in re.split(r"[,;。\n]", near):
            word = next((w for w in row if len(w) > 1 and w in piece), None)
            after = pairs(piece.partition(word)[2]) if word else frozenset()
            if len(after) >= LEAST and len(after & told) >= SAME * len(after):
                return word
    return None
