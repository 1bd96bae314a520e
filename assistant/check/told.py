"""Ways in which a draft says a part of a task though hardly in its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.asking import Part
from assistant.check.cutting import halved
from assistant.check.likeness import Rarity, pairs
from assistant.check.wording import COUNCIL, GENERIC, NAMED

_ABRIDGED = 6  # characters from which a part may be said in short (加大技改奖补投入)
_TERM = 4  # characters of a term that hardly another sentence holds (有机废气)
_SCARCE = 0.6  # weight of its pairs, as a share of the most
_MATTERS = 0.3  # share of what the part is about that the term makes up
_ITEMS = 3  # things in a row (立项、用地、环评) from which a part is a list
_SHARED = 0.5  # share of them that the draft must list


def told_otherwise(part: Part, task: str, answering: Sequence[str], rarity: Rarity) -> bool:
    """In short, by the names that it quotes, as a list, or by the term that it is about.

    ``task``: all words of its task; a term that they say twice may be told of something else."""
    pieces = [piece for text in answering for piece in pieces_of(text)]
    return (
        _by_name(part, halved("".join(answering)))
        or _in_short(part, pieces)
        or _as_list(part, pieces)
        or _by_term(part, task, pieces, rarity)
    )


def _as_list(part: Part, pieces: Sequence[str]) -> bool:
    """立项、用地、环评等工作 is told where 用地、环评等 are listed."""
    wanted = _items(part.text)
    if len(wanted) < _ITEMS:
        return False
    shared = [wanted & _items(piece) for piece in pieces]
    return any(len(both) >= 2 and len(both) >= _SHARED * len(wanted) for both in shared)


def _items(text: str) -> frozenset[str]:
    """The ends of what is listed; of the last thing its beginning, before 等工作."""
    listed = halved(text).split("、")
    if len(listed) < 2:
        return frozenset()
    last = re.split("等|和|及|与", listed[-1])[0]
    return frozenset([*(item[-2:] for item in listed[:-1]), last[:2]])


def _by_term(part: Part, task: str, pieces: Sequence[str], rarity: Rarity) -> bool:
    """The longest run of words that both have, where it is rare and most of the matter."""
    runs = [run for run in re.split(r"\W+", GENERIC.sub(" ", halved(part.text))) if run]
    for run in runs:
        for at in range(len(run) - _TERM + 1):
            term = pairs(run[at : at + _TERM])
            scarce = all(rarity.weight([pair]) >= _SCARCE * rarity.most for pair in term)
            heavy = rarity.weight(term) >= _MATTERS * rarity.weight(part.core)
            told = any(run[at : at + _TERM] in piece for piece in pieces)
            if scarce and heavy and told and task.count(run[at : at + _TERM]) == 1:
                return True
    return False


def _in_short(part: Part, pieces: Sequence[str]) -> bool:
    """加大技改奖补投入 for 加大工业技改投资财政奖补资金投入力度: its characters in order."""
    whole = halved(part.text)
    for piece in pieces:
        rest, short = iter(whole), halved(piece)
        if len(short) >= _ABRIDGED and all(character in rest for character in short):
            return True
    return False


def _by_name(part: Part, words: str) -> bool:
    """落实“三品”专项…的意见: told where the names that it quotes are told."""
    if COUNCIL.search(halved(part.text)) and COUNCIL.search(words):
        return True
    names = [_bare(name) for name in NAMED.findall(halved(part.text))]
    led = re.match(r"(?:贯彻|落实|执行|对接|实施)", part.text)
    return bool(led and names) and all(name in _bare(words) for name in names)


def _bare(text: str) -> str:
    return re.sub(r"[^\w]", "", text)


def pieces_of(text: str) -> list[str]:
    return [part for part in re.split(r"[,，:：。；;]", text) if len(halved(part)) > 3]
