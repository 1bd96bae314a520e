"""Public bodies by what they do: names, abbreviations, and who took over from whom.

Knowledge lives in ``data/agencies.toml``; a user may add a file of the same shape.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from index.errors import SettingsError
from index.types import Span

_DATA = Path(__file__).parent / "data" / "agencies.toml"
_SUFFIX = (
    r"(?:委员会|办公室|管理局|总局|分局|支局|局|委|厅|办|部|室|"
    r"中心支行|分行|支行|中心|公司|大队|支队|总队|署|银行)"
)
_LEVEL = r"(?:国家|省|自治区|市|州|县|区|旗)"
_PREFIX = rf"(?:(?<![一-鿿])[一-鿿]{{2,4}}{_LEVEL}|{_LEVEL})?"
_SEATS = r"(?:人民政府|政府办公室|政府办公厅|管委会|管委办|街道办事处|办事处)"
_GOVERNMENT = (
    rf"(?:各|有关|相关)[一-鿿、（()）〔〕]{{1,14}}?{_SEATS}|(?<![一-鿿])[一-鿿]{{2,8}}?{_SEATS}|"
    r"(?:[省市县区州][一-鿿“”]{0,14}?)?(?:领导小组|联席会议)(?:办公室|成员单位)?|[省市县区]政府"
)


@dataclass(frozen=True, slots=True)
class Body:
    key: str
    names: tuple[str, ...]
    county: str = ""
    until: int | None = None
    heir: str | None = None
    vertical: bool = False
    county_by_province: Mapping[str, str] = field(default_factory=dict)
    county_until: Mapping[int, str] = field(default_factory=dict)
    asked: bool = False

    def county_in(self, year: int, province: str = "") -> str:
        """The usual name in a county of that year; empty where the county has no such body."""
        if own := self.county_by_province.get(province):
            return own
        earlier = [last for last in self.county_until if year <= last]
        return self.county_until[min(earlier)] if earlier else self.county


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency named in a text; ``canonical`` is the function's key, or the name itself."""

    name: str
    canonical: str
    span: Span


@dataclass(frozen=True, slots=True)
class Registry:
    bodies: Mapping[str, Body]
    stems: Mapping[str, str]
    pattern: re.Pattern[str]
    keys: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def key_of(self, name: str) -> str:
        """The function of a named body: 省经信委, 市工业和信息化局 → 工信; else the bare name."""
        if name not in self.keys:
            self.keys[name] = self._key(name)
        return self.keys[name]

    def _key(self, name: str) -> str:
        bare = _bare(name)
        for stem in (bare, _functional(bare)):
            if stem in self.stems:
                return self.stems[stem]
        if opening := [s for s in self.stems if len(s) > 1 and name.startswith(s)]:
            return self.stems[max(opening, key=len)]
        best = [
            s
            for s in self.stems
            if len(s) > 1 and s in bare and len(s) * 2 >= len(_functional(bare))
        ]
        return self.stems[max(best, key=len)] if best else bare

    def same_body(self, one: str, other: str) -> bool:
        """Whether two names mean one function, across abbreviations, levels and reforms."""
        a, b = self.key_of(one), self.key_of(other)
        return a == b or self._heir(a) == b or a == self._heir(b) or self._heir(a) == self._heir(b)

    def _heir(self, key: str) -> str:
        body = self.bodies.get(key)
        return body.heir if body and body.heir else key

    def mentions(self, text: str) -> tuple[Mention, ...]:
        return tuple(
            Mention(m.group(), self.key_of(m.group()), Span(m.start(), m.end()))
            for m in self.pattern.finditer(text)
        )


@lru_cache(maxsize=8)
def registry(extra: Path | None = None) -> Registry:
    """The bundled bodies, with those of a user's file after them."""
    bodies: dict[str, Body] = {}
    for path in (_DATA, extra):
        if path is not None:
            bodies.update({body.key: body for body in _read(path)})
    stems = {name: body.key for body in bodies.values() for name in body.names}
    return Registry(bodies, stems, _pattern(stems))


def _read(path: Path) -> list[Body]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["agency"]
        return [
            Body(
                key=row["key"],
                names=tuple(row["names"]),
                county=row.get("county", ""),
                until=row.get("until"),
                heir=row.get("into", {}).get("key"),
                vertical=row.get("vertical", False),
                county_by_province=row.get("county_by_province", {}),
                county_until={int(k): v for k, v in row.get("county_until", {}).items()},
                asked=row.get("asked", False),
            )
            for row in rows
        ]
    except (OSError, KeyError, ValueError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"机构名录 {path.name} 读取失败：{error}；请对照自带名录的写法修改"
        ) from error


def _pattern(stems: Mapping[str, str]) -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(s) for s in stems if len(s) > 1), key=len, reverse=True))
    whole = (
        "总工会|科协|妇联|残联|工商联|团[省市县区]?委|法院|检察院|编办|人才办|供销社|红十字会|"
        "计生协会?|网信办|海关(?!总署)"
    )
    return re.compile(rf"{_PREFIX}(?:(?:{words}){_SUFFIX}|{whole})|{_GOVERNMENT}")


def _bare(name: str) -> str:
    """Without place and level in front: 市经济和信息化委 → 经济和信息化委."""
    return re.sub(rf"^(?:[一-鿿]{{2,4}}?(?:省|市|县|区|州)|{_LEVEL})(?=[一-鿿]{{2}})", "", name)


def _functional(name: str) -> str:
    return re.sub(rf"{_SUFFIX}$", "", name) or name


def mentions(text: str) -> tuple[Mention, ...]:
    return registry().mentions(text)


def same_body(one: str, other: str) -> bool:
    return registry().same_body(one, other)
