"""Automatic numbers of Word: which list a paragraph is in, and what is printed before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from index.read.numerals import written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_OFF = {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    style: str | None = None
    legal: bool = False
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One w:num: the abstract list that counts, its levels, and where it starts anew."""

    counter: str
    levels: tuple[Level, ...]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    parent: str | None
    num: str | None
    level: int | None


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document, in reading order."""

    series: dict[str, Series]
    styles: dict[str, Style]
    default: str | None
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: etree._Element | None) -> str:
        """The number that Word prints before the paragraph, with its space; counts it."""
        num, depth = self._place(properties)
        series = self.series.get(num or "")
        if series is None or not 0 <= depth < len(series.levels):
            return ""
        return _printed(series.levels, depth, self._count(num or "", series, depth))

    def style_name(self, properties: etree._Element | None) -> str:
        style = self.styles.get(self._style_id(properties) or "")
        return style.name if style else ""

    def _style_id(self, properties: etree._Element | None) -> str | None:
        return _value(properties, "pStyle") or self.default

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        own = None if properties is None else properties.find(f"{W}numPr")
        num, level = _value(own, "numId"), _value(own, "ilvl")
        chain = self._chain(self._style_id(properties))
        if num is None:
            num = next((style.num for _, style in chain if style.num is not None), None)
        if num is None or num == "0":
            return None, 0
        if level is not None and level.isdigit():
            return num, int(level)
        return num, self._style_level(num, chain)

    def _style_level(self, num: str, chain: list[tuple[str, Style]]) -> int:
        """The level of a style: linked from the list, else its own."""
        linked = self.series[num].levels if num in self.series else ()
        for style_id, style in chain:
            for depth, level in enumerate(linked):
                if level.style == style_id:
                    return depth
            if style.level is not None:
                return style.level
        return 0

    def _chain(self, style_id: str | None) -> list[tuple[str, Style]]:
        found: list[tuple[str, Style]] = []
        while style_id in self.styles and len(found) < 20:
            style = self.styles[style_id]
            found.append((style_id, style))
            style_id = style.parent
        return found

    def _count(self, num: str, series: Series, depth: int) -> list[int]:
        counts = self._counts.setdefault(series.counter, [None] * _LEVELS)
        if depth in series.starts and (num, depth) not in self._started:
            counts[depth] = series.starts[depth]
            self._started.add((num, depth))
        else:
            before = counts[depth]
            counts[depth] = series.levels[depth].start if before is None else before + 1
        for upper in range(depth):
            if counts[upper] is None:
                counts[upper] = series.starts.get(upper, series.levels[upper].start)
        for lower in range(depth + 1, len(series.levels)):
            restart = series.levels[lower].restart
            if restart is None or depth < restart:
                counts[lower] = None
        return [count if count is not None else 1 for count in counts]


def _printed(levels: tuple[Level, ...], depth: int, counts: list[int]) -> str:
    level = levels[depth]

    def one(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if at >= len(levels):
            return ""
        return written(counts[at], "decimal" if level.legal else levels[at].form)

    if level.form == "bullet":
        return "•" if level.pictured else level.text.strip()
    text = re.sub(r"%([1-9])", one, level.text).strip()
    # Punctuation divides by itself; 第一条 and 1. need the space that the tab stands for.
    spaced = level.suffix != "nothing" or level.text.endswith((" ", "\u3000", "\xa0"))
    divided = not text or text.endswith(("、", "）", ")", "：", "—", "．"))
    return f"{text} " if spaced and not divided else text


def load_numbering(styles: etree._Element | None, numbering: etree._Element | None) -> Numbering:
    known, default = _styles(styles)
    return Numbering(_series(numbering, known), known, default)


def _styles(root: etree._Element | None) -> tuple[dict[str, Style], str | None]:
    found: dict[str, Style] = {}
    default = None
    for style in () if root is None else root.iter(f"{W}style"):
        # A numbering style only leads from its name to a list.
        if style.get(f"{W}type") not in ("paragraph", "numbering"):
            continue
        style_id = style.get(f"{W}styleId", "")
        number = style.find(f"{W}pPr/{W}numPr")
        level = _value(number, "ilvl")
        found[style_id] = Style(
            _value(style, "name") or "",
            _value(style, "basedOn"),
            _value(number, "numId"),
            int(level) if level and level.isdigit() else None,
        )
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
            default = style_id
    return found, default


def _series(root: etree._Element | None, styles: dict[str, Style]) -> dict[str, Series]:
    if root is None:
        return {}
    abstracts = {a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")}
    nums = {n.get(f"{W}numId", ""): n for n in root.iter(f"{W}num")}
    found = {}
    for num_id, num in nums.items():
        abstract_id = _value(num, "abstractNumId") or ""
        abstract = abstracts.get(abstract_id)
        # A list that only points to a list style is counted where the style has its levels.
        link = _value(abstract, "numStyleLink")
        if link and link in styles:
            target = nums.get(styles[link].num or "")
            abstract_id = _value(target, "abstractNumId") or abstract_id
            abstract = abstracts.get(abstract_id, abstract)
        if abstract is not None:
            found[num_id] = _one(num, abstract, abstract_id)
    return found


def _one(num: etree._Element, abstract: etree._Element, counter: str) -> Series:
    levels = [Level()] * _LEVELS
    starts: dict[int, int] = {}
    for element in abstract.findall(f"{W}lvl"):
        _set_level(levels, element)
    for override in num.findall(f"{W}lvlOverride"):
        depth = _whole(override.get(f"{W}ilvl"), 0)
        if (start := _value(override, "startOverride")) is not None:
            starts[depth] = _whole(start, 1)
        if (element := override.find(f"{W}lvl")) is not None:
            _set_level(levels, element)
    return Series(counter, tuple(levels), starts)


def _set_level(levels: list[Level], element: etree._Element) -> None:
    depth = _whole(element.get(f"{W}ilvl"), 0)
    if not 0 <= depth < _LEVELS:
        return
    restart = _value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    form = element.find(f"{W}numFmt")
    if form is None:
        form = next(element.iter(f"{W}numFmt"), None)
    text = _value(element, "lvlText") or ""
    levels[depth] = Level(
        start=_whole(_value(element, "start"), 0),
        form="decimal" if form is None else form.get(f"{W}val", "decimal"),
        text=text,
        suffix=_value(element, "suff") or "tab",
        restart=None if restart is None else _whole(restart, 0),
        style=_value(element, "pStyle"),
        legal=legal is not None and legal.get(f"{W}val", "1") not in _OFF,
        pictured=any("\ue000" <= char <= "\uf8ff" for char in text) or _is_pictured(element),
    )


def _is_pictured(level: etree._Element) -> bool:
    """Whether the bullet is a letter in a font of pictures: l is a dot in Wingdings."""
    fonts = level.find(f"{W}rPr/{W}rFonts")
    names = [] if fonts is None else [str(name).lower() for name in fonts.attrib.values()]
    return any(name.startswith(("wingdings", "webdings", "symbol")) for name in names)


def _value(parent: etree._Element | None, name: str) -> str | None:
    child = None if parent is None else parent.find(f"{W}{name}")
    value = None if child is None else child.get(f"{W}val")
    return str(value) if value is not None else None


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
