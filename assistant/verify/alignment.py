"""Where a statement follows a sentence of its quotes and puts another word in its place.

Words that stand somewhere in the quotes need not stand *there*: 骨干企业 told as 小微企业 is a lie
even where the quotes speak of both. Only sentences that follow the quote closely are held to it;
what tells more freely is judged by its words and figures alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from assistant.verify.wording import atoms, same_words, wording

CLOSE = 0.6
NEAR = 0.1
SHORT = 3
HALF = 3
_NEGATING = re.compile(r"[不未无非禁勿<>≤≥≦≧]|取消|停止|避免|防止|没有")
_NONE = re.compile("没有|无")
_TOPIC = re.compile(r"^(?:在|就)?[^,。;]{2,12}(?:方面|而言|来看),")
_ROLE = re.compile(
    r"由?[\ue200-\uf8ff](?:[、,和与及][\ue200-\uf8ff])*(?:等)?(?:单位|部门)?(?:共同)?"
    r"(?:负责|牵头|配合|会同|参与|协助|承担|为责任|为牵头|为配合)+(?:单位)?"
)
_NAME = re.compile(r"[\ue200-\uf8ff]")


def replaced(said: str, sentences: Sequence[str]) -> str | None:
    """A word of ``said`` that stands where every sentence that it follows has another, or None."""
    row = atoms(_settled(_TOPIC.sub("", said)))
    grounds = [atoms(_settled(sentence)) for sentence in sentences]
    shares = [_share(ground, row) for ground in grounds] if row else []
    least = max(CLOSE, max(shares, default=0) - NEAR)
    close = [ground for ground, share in zip(grounds, shares, strict=False) if share >= least]
    faults = [next(_faults(ground, row), None) for ground in close]
    return next(iter(faults), None) if all(faults) else None


def _settled(text: str) -> str:
    """One word for each strength, and no words that give bodies their roles."""
    text = _NONE.sub("未", same_words(_ROLE.sub("|", text)))
    for first, *others in wording().strengths:
        for other in others:
            text = text.replace(other, first)
    return text


def _match(ground: list[str], row: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, ground, row, autojunk=False)


def _share(ground: list[str], row: list[str]) -> float:
    blocks = _match(ground, row).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(row), 1)


def _faults(ground: list[str], row: list[str]) -> Iterator[str]:
    changes = [
        ("".join(ground[a:b]), "".join(row[c:d]))
        for tag, a, b, c, d in _match(ground, row).get_opcodes()
        if tag != "equal"
    ]
    gone = {old for old, _ in changes}
    for old, new in changes:
        if old and (new, old) in changes and len(new) > 1 and _says(new):
            yield new  # 甲升乙降 told as 乙升甲降
        if _NEGATING.search(new) and new not in gone and not _turned(new, ground):
            yield new
        elif len(old) <= SHORT and _NEGATING.search(old) and not _turned(new, ground):
            yield new or old
        elif _says(old) and _says(new) and not _moved(new, gone):
            yield new


def _turned(new: str, ground: Sequence[str]) -> bool:
    """不达环保要求 for 不达要求: the denial stands in the sentence with its word."""
    denied = [new[m.start() : m.end() + 1] for m in _NEGATING.finditer(new)]
    return bool(denied) and all(len(words) > 1 and words in "".join(ground) for words in denied)


def _moved(new: str, gone: Collection[str]) -> bool:
    """Whether all that ``new`` says was only moved from another place of the sentence."""
    said = _idle_words().sub(" ", _NAME.sub(r" \g<0> ", new)).split()
    left = [_idle_words().sub("", other) for other in gone]
    return any(new in other for other in gone) or (
        bool(said) and all(any(word in other for other in (*gone, *left)) for word in said)
    )


def _says(words: str) -> bool:
    """More than a slip or an idle word; bodies (signs here) are held to what they do by itself."""
    return len(_idle_words().sub("", _NAME.sub("", words))) > 1


@cache
def _idle_words() -> re.Pattern[str]:
    strengths = (word for row in wording().strengths for word in row)
    words = sorted({*wording().free, *wording().doing, *strengths}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def crossed(said: str, sentences: Sequence[str]) -> str | None:
    """A clause that begins as one clause of the quotes and ends as another, or None.

    甲升，乙降 told as 甲降: both halves stand in the quotes, and not together.
    """
    clauses = [row for s in sentences for c in s.split(",") if (row := _row(c))]
    whole = "|".join(_row(s) for s in sentences)
    # A bar stands for a figure or a body; what has one is held by it already.
    for clause in (c for c in said.split(",") if "|" not in c):
        row = _row(clause.removesuffix("的"))
        for cut in range(HALF, len(row) - HALF + 1):
            head, tail = row[:cut], row[cut:]
            begun = [c for c in clauses if c.startswith(head) and len(c) >= cut + HALF]
            ended = [c for c in clauses if c.endswith(tail) and len(c) >= len(tail) + HALF]
            if begun and ended and not set(begun) & set(ended) and row not in whole:
                return clause
    return None


def _row(text: str) -> str:
    return "".join(atoms(same_words(text)))
