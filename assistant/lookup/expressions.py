"""How questions are worded: synonyms, empty words and cues, from ``data/wording.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "wording.toml"


@dataclass(frozen=True, slots=True)
class Contrast:
    """Values that exclude one another, each with the words that express it."""

    name: str
    values: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Expressions:
    same: Mapping[str, tuple[str, ...]]
    phrases: tuple[str, ...]
    stop: re.Pattern[str]
    soft: frozenset[str]
    ask: tuple[tuple[str, re.Pattern[str]], ...]
    measure: tuple[tuple[str, re.Pattern[str]], ...]
    metric: Mapping[str, re.Pattern[str]]
    contrasts: tuple[Contrast, ...]
    deciding: tuple[tuple[str, ...], ...]


def plain(text: str) -> str:
    """Text as it is compared: NFKC, lower case, without white space, one kind of brackets."""
    cells = text.replace("\t", "，")
    squeezed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cells)).lower()
    return squeezed.translate(str.maketrans("〔〕【】“”‘’", '()()""""')).replace('"', "")


def any_of(cues: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{cue})" for cue in cues))


@cache
def expressions(path: Path = DATA) -> Expressions:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    same: dict[str, tuple[str, ...]] = {}
    for group in data["same"]:
        words = [plain(word) for word in group]
        for word in words:
            same[word] = tuple(dict.fromkeys((*same.get(word, ()), *words)))
    stop = sorted((plain(word) for word in data["stop"]), key=len, reverse=True)
    return Expressions(
        same=same,
        phrases=tuple(sorted(same, key=len, reverse=True)),
        stop=re.compile("|".join(map(re.escape, stop))),
        soft=frozenset(map(plain, data["soft"])),
        ask=tuple((entry["kind"], any_of(entry["cues"])) for entry in data["ask"]),
        measure=tuple((entry["name"], any_of(entry["cues"])) for entry in data["measure"]),
        metric={name: any_of(cues) for name, cues in data["metric"].items()},
        contrasts=tuple(
            Contrast(entry["name"], tuple(tuple(map(plain, value)) for value in entry["values"]))
            for entry in data["contrast"]
        ),
        deciding=tuple(tuple(map(plain, group)) for group in data["deciding"]),
    )
