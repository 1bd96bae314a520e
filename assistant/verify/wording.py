"""Which words of a text say something, and which spellings say the same.

``plain`` is the form that statements and quotes are compared in. What is known of words stands in
``data/wording.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from index.numerals import numeral_value

DATA = Path(__file__).parent / "data" / "wording.toml"


@dataclass(frozen=True, slots=True)
class Wording:
    """What ``data/wording.toml`` holds; the comments there say what each list is for."""

    same: tuple[tuple[str, ...], ...]
    spell: tuple[tuple[re.Pattern[str], str], ...]
    free: tuple[str, ...]
    doing: tuple[str, ...]
    levels: tuple[str, ...]
    extents: tuple[str, ...]
    everyone: tuple[str, ...]
    restricting: tuple[str, ...]
    measures: tuple[str, ...]
    telling: tuple[str, ...]
    duty: tuple[str, ...]
    strengths: tuple[tuple[str, ...], ...]
    soft: tuple[tuple[str, ...], ...]
    finished: tuple[str, ...]
    making: tuple[str, ...]
    heads: tuple[str, ...]
    kinds: tuple[str, ...]


@cache
def wording() -> Wording:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    exact, subjects = data["exact"], data["subjects"]
    free = dict.fromkeys(word for words in data["free"].values() for word in words.split())
    return Wording(
        same=tuple(map(tuple, data["same"])),
        spell=tuple((re.compile(pattern), to) for pattern, to in data["spell"]),
        free=tuple(free),
        doing=tuple(data["doing"]["verbs"].split()),
        levels=tuple(exact["levels"]),
        extents=tuple(exact["extents"]),
        everyone=tuple(exact["everyone"]),
        restricting=tuple(exact["restricting"]),
        measures=tuple(exact["measures"]),
        telling=tuple(exact["telling"]),
        duty=tuple(exact["duty"]),
        strengths=tuple(map(tuple, exact["strengths"])),
        soft=tuple(map(tuple, exact["soft"])),
        finished=tuple(exact["finished"]),
        making=tuple(exact["making"]),
        heads=tuple(subjects["heads"]),
        kinds=tuple(subjects["kinds"].split()),
    )


NEGATION = re.compile(
    "不得|不能|不予|不许|不准|不可|不再|不应|不宜|不要|不必|不用|不会|不是|不含|不包括|严禁|禁止|杜绝|防止|严防|避免|取消|停止|"
    "暂停|未经|尚未|没有|并非|并未|毋须|无须|无需|免于|拒绝|除外|达不到|不|未|无|非|勿|副"
)
UP = "(?<!改造|素质|能级|提质)(?:提高|提升|增长|增加(?!值)|上升|扩大|增幅|增速|增长率|增长速度)"
DOWN = "降低|下降|减少|压减|缩减|缩小|下调|削减"
MARK = re.compile(r"\[\d{1,3}\]")
_PLAN = re.compile(r"[“\"]?(十[一二三四五]五)[”\"]?(?!规划|期|时期|以来|末|[”\"])")
_SPACE = re.compile(r"(?<![A-Za-z0-9])[ \u00a0]+|[ \u00a0]+(?![A-Za-z0-9])")
_BREAK = re.compile(r"[\t\r\n]+")
_DASH = re.compile(r"[—–―─－]+|--+")
_QUOTE = re.compile(r"[“”„‟\"「」『』‘’']")
_ASIDE = re.compile(r"\(([^()\d零一二两三四五六七八九十百千万亿]*)\)")


def half(text: str) -> str:
    """NFKC without marks ``[1]`` and spaces; line breaks stay as breaks."""
    text = _BREAK.sub("\n", MARK.sub("", text))
    # NFKC would turn a full-width comma between digits into a thousands separator.
    text = re.sub(r"(?<=\d)，(?=\d)", "；", text)
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).strip()


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """``half`` with one spelling for dashes, and asides without a figure opened up."""
    text = _DASH.sub("—", half(text)).replace("~", "—")
    text = _PLAN.sub(r"“\1”期间", text)
    for pattern, to in wording().spell:
        text = pattern.sub(to, text)
    return _ASIDE.sub(r"\1", text)


@lru_cache(maxsize=8192)
def same_words(text: str) -> str:
    """One spelling for what has several."""
    text = _QUOTE.sub("", text)
    text = _COUNTED.sub(lambda m: f"{numeral_value(m[0]):g}", text)
    for first, *others in wording().same:
        for other in others:
            text = text.replace(other, first)
    return text


_COUNTED = re.compile(r"(?<![第十百千万亿])[一二两三四五六七八九十]{1,3}(?=[家个年项台户人次月])")
_ATOM = re.compile(r"[A-Za-z0-9.&+%‰/]+|[\u3400-\u9fff\ue000-\uf8ff]|[^\sA-Za-z0-9]")
# \ue300 and on are signs of titles: they say whose words follow, and are none themselves.
_WORD_CHARACTER = re.compile(r"[A-Za-z0-9\u3400-\u9fff\ue000-\ue2ff\ue400-\uf8ff<>≤≥≦≧]")


def atoms(text: str) -> list[str]:
    """Chinese characters one by one, other words whole, no punctuation."""
    return [a for a in _ATOM.findall(text) if _WORD_CHARACTER.search(a)]


@lru_cache(maxsize=8192)
def pairs(text: str, without: tuple[str, ...] | None = None) -> frozenset[str]:
    """Neighbouring atoms of a text in which ``without`` (verbs of doing) and punctuation cut."""
    cut = without_words(same_words(text), wording().doing if without is None else without)
    found: set[str] = set()
    for run in runs(cut):
        row = atoms(run)
        found |= {a + b for a, b in pairwise(row)}
        found |= {a for a in row if len(a) > 1 or len(row) == 1}
    return frozenset(found)


def runs(text: str) -> Iterator[str]:
    """Stretches between punctuation."""
    yield from (run for run in re.split(r"[^\w&+%‰./]+", text) if run)


def without_words(text: str, words: Sequence[str]) -> str:
    """``text`` with each of ``words`` replaced by a cut."""
    return _any_of(tuple(words)).sub(" ", text) if words else text


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longest of ``words`` at each place."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
