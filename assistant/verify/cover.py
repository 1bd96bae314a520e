"""Whether the words of a statement stand in what it cites."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from assistant.verify.wording import atoms, pairs, runs, same_words, wording

LONGEST = 24
SAID = 0.5  # of what a condition says
_HERE = re.compile(r"([省市县区])里(?=[一-鿿])")  # 省里下达 is 省下达
_LEVEL_LIST = re.compile(r"(?:[省市县区镇]+、)+[省市县区镇]+")
_EACH = re.compile(r"各[省市县区镇乡村州企校单机部街园]")
_ALL = re.compile(r"(?<![年月日人户平])均(?:应|要|须|需|已|设|可|按)")
_IF = re.compile(r"如果|倘若|一旦|(?<![一-鿿])如(?=因)")
# 技改确需新增用地的, is a condition already.
_CONDITION = re.compile(r"的,|因[^,。;]{4,}的?,")
_WEIGHTY = frozenset(
    "不未无非零一二两三四五六七八九十百千万亿高低多少增减升降上下前后国省市大小中旧内外正副初主次左右东西南北总已"
)
_LATIN = re.compile(r"[A-Za-z0-9]")


@cache
def _free() -> tuple[frozenset[str], int]:
    words = wording().free
    return frozenset(map(same_words, words)) | frozenset(words), max(map(len, words))


def uncovered(text: str, context: str, free: Collection[str] = ()) -> tuple[str, ...]:
    """The stretches of ``text`` that neither stand in ``context`` nor say anything by themselves.

    Chinese words count as found from two characters on; figures and Latin words only whole.
    """
    text = same_words(text)
    for word in sorted(free, key=len, reverse=True):
        text = text.replace(word, " ")
    told = same_words(context)
    text = _LEVEL_LIST.sub(lambda m: " " if m[0] in told else m[0], _HERE.sub(r"\1", text))
    text = text.replace("必须", "须") if "须" in told else text  # how strong: strengths
    text = _IF.sub("", text) if _conditional(text, told) else text
    # 全球化的产业链 is 全球化产业链, too.
    ground = f"|{'|'.join(runs(told))}|{'|'.join(runs(told.replace('的', '')))}|"
    known = frozenset(atoms(ground))
    added = [word for word in wording().extents if word in text and word not in ground]
    added += [word for word in _EACH.findall(text) if word not in ground]
    everyone = [word for word in wording().everyone if word in text]
    said_of_all = _says_everyone(told)
    added += [] if said_of_all else everyone
    for word in everyone if said_of_all else []:
        text = text.replace(word, " ")
    added += [word for run in runs(text) for word in _levels(run, ground)]
    added += [word for word in _bounds(text) if word not in _bounds(ground)]
    found = (piece for run in runs(text) for piece in _gaps(atoms(run), ground, known))
    return (*added, *(gap for gap in found if not _slight(gap, known)))


def _conditional(text: str, told: str) -> bool:
    """Each 如果 of the text opens words that the ground tells as a condition, too."""
    conditions = [c for c in re.split(r"[。;\n]", told) if _CONDITION.search(c)]
    heads = [pairs(re.split("[,。;]", text[m.start() :])[0]) for m in _IF.finditer(text)]
    known = [
        pairs(part)
        for c in conditions
        for part in re.findall(r"[^,]+(?=,)", c)
        if part.endswith("的") or "因" in part
    ]
    return all(any(len(h & k) >= SAID * len(h) for k in known) for h in heads)


def _says_everyone(told: str) -> bool:
    """各市县均应设立 is said of all of them."""
    return any(word in told for word in wording().everyone) or bool(_ALL.search(told))


def _bounds(text: str) -> list[str]:
    """省级以上, 省级及以上: bounds that are no figures."""
    return [found.replace("及", "") for found in re.findall(r"[一-鿿]级及?以[上下]", text)]


def _slight(gap: str, known: frozenset[str]) -> bool:
    """One character that only stands apart (新的品种 for 新品种), and turns nothing round."""
    return len(gap) == 1 and gap in known and gap not in _WEIGHTY and not _LATIN.match(gap)


def _levels(run: str, ground: str) -> list[str]:
    """Levels (省级, 市级) that the ground does not give to the word beside them."""
    row, found = atoms(run), []
    free, _ = _free()
    for i in range(len(row)):
        level = next((x for x in wording().levels if "".join(row[i : i + len(x)]) == x), "")
        after = row[i + len(level) : i + len(level) + 2]
        if not level:
            continue
        if after and after[0] not in free and "".join(after) not in free:
            told = level + "".join(after)
        else:
            before = "".join(row[max(0, i - 2) : i])
            told = level if before in free else before + level
        if told not in ground:
            found.append(told)
    return found


def _gaps(row: list[str], ground: str, known: frozenset[str]) -> list[str]:
    """The atoms of a run that the cheapest cover leaves out, joined where they are neighbours."""
    cost = [0.0] * (len(row) + 1)
    step = [1] * (len(row) + 1)
    found = [False] * (len(row) + 1)
    for i in range(len(row) - 1, -1, -1):
        cost[i], step[i], found[i] = 1 + cost[i + 1], 1, False
        for size, price in _pieces(row, i, ground, known):
            if cost[i + size] + price < cost[i]:
                cost[i], step[i], found[i] = cost[i + size] + price, size, True
    gaps: list[str] = []
    at, joined = 0, False
    while at < len(row):
        if not found[at]:
            gaps = [*gaps[:-1], gaps[-1] + row[at]] if joined else [*gaps, row[at]]
        joined = not found[at]
        at += step[at]
    return gaps


def _pieces(row: list[str], i: int, ground: str, known: frozenset[str]) -> list[tuple[int, float]]:
    """Sizes of pieces from ``i`` on that are covered, with a small price each: few long pieces."""
    pieces: list[tuple[int, float]] = []
    alone = len(row) == 1 and row[i] in ground
    if alone or (_LATIN.match(row[i]) and row[i] in known):
        pieces.append((1, 0.01))
    piece = row[i]
    for size in range(2, min(LONGEST, len(row) - i) + 1):
        piece += row[i + size - 1]
        if piece not in ground:
            break
        if not _LATIN.match(row[i]) or row[i] in known:
            pieces.append((size, 0.01))
    word = ""
    free, longest = _free()
    for size in range(1, min(longest, len(row) - i) + 1):
        word += row[i + size - 1]
        if word in free:
            pieces.append((size, 0.02))
    return pieces
