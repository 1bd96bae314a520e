"""What a text says of its own force and of other documents: terms, repeals, amendments.

Only what is written counts: nothing is concluded from silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.identity import title_key
from index.types import Change, ChangeKind, Span

_NAMED = re.compile(
    r"《((?:[^《》]|《[^《》]*》)+)》(?:\s*[(（\[]([^()（）]{4,40}号)[^()（）]*[)）\]])?"
)
_DAY = r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_START = re.compile(
    rf"自\s*(?:{_DAY}|(?P<issue>印发|发布|公布|下发|发文|颁布)之日)\s*(?:起)?\s*"
    r"(?:(?P<later>\d{1,3})\s*(?:日|天)(?:后|起)?)?\s*(?:起)?\s*(?:正式)?(?:施行|实施|执行|生效)"
)
_OWN = re.compile(
    r"[\s\d一二三四五六七八九十、.．()（）第条章]*(?:(?:本|此|以上)[^，。；]{0,16})?\Z"
)
_YEARS = re.compile(
    r"(?:有效期|试行期|暂行期)(?:限)?(?:为|是|：)?\s*(\d{1,2}|[一二两三四五六七八九十])\s*年"
)
_UNTIL = re.compile(
    rf"(?:有效期|试行期|执行期|施行期|实施期)限?[^，。；]{{0,20}}?(?:至|到|截止|截至|—|-)\s*{_DAY}"
)
_HAN = "零一二三四五六七八九十"
_SENTENCE = re.compile(r"[^。\n]+")
_END = r"(?:废止|失效|停止执行|停止施行|停止实施|不再执行|不再施行|作废)"
_REPEALED = re.compile(rf"(?:同时|即行|一并|随之|相应|自行|予以|现|已|均|即)?(?:予以)?{_END}")
_REPEALS = re.compile(
    r"(?:决定|予以|宣布|现|现将)?(?:废止|停止执行)(?:以下|下列)?(?=[^，。；]{0,20}《)"
)
_UNREAL = re.compile(
    r"(?:不得|不予|未|没有|建议|拟|可以|应当|申请|暂不|是否|及时|提出|依法|需要?)[^，。]{0,6}$"
)
_GROUND = re.compile(r"根据|依据|按照|依照|参照|有关规定|不一致|抵触")
_REPLACED = re.compile(
    r"(?:替代|代替|取代)(?:了)?原?(?=《)|(?:由|被)本[^，。]{1,12}(?:替代|代替|取代)"
)
_AMENDS = re.compile(r"(?:作(?:出)?(?:如下|以下)修(?:改|订))|将《[^。]{4,80}(?:修改|修订)为")
_IN_TITLE = re.compile(r"关于(?:公布|宣布)?(?P<kind>废止|修改|修订|失效)")
_LISTS = re.compile(r"(?:废止|失效|清理)[^《》]*(?:文件|规章|政策|规定)")
_KEPT = re.compile(r"继续有效|保留|继续执行")
_READING = re.compile(r"(?:政策)?(?:图解|解读|问答)(?:[(（][^()（）]*[)）])?$|^(?:政策)?解读[:：]")
_ABOUT = re.compile(
    r"^(?:一图读懂|关于|政策解读|解读)?[:：\s]*(.+?)(?:的)?(?:政策)?(?:图解|解读|问答)"
)


@dataclass(frozen=True, slots=True)
class Own:
    """What a document says of its force and of other documents."""

    in_force: str | None
    until: str | None
    changes: tuple[Change, ...]
    interprets: tuple[str, ...]


def own(text: str, title: str, issued: str | None) -> Own:
    start, until = _term(text, issued)
    return Own(start, until, tuple(changes(text, title)), interpreted(title))


def _term(text: str, issued: str | None) -> tuple[str | None, str | None]:
    """From when the document applies, and the last day of its term."""
    begun = until = None
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        if begun is None and (found := _START.search(words)):
            begun = _begun(found, words, issued)
        if until is None and "期" in words:
            until = _until(words, begun or issued)
    return begun, until


def _begun(found: re.Match[str], words: str, issued: str | None) -> str | None:
    segment = re.split(r"[，；：]", words[: found.start()])[-1]
    if not _OWN.match(segment):
        return None
    day = _day(found.groups()[:3]) if found[1] else _parsed(issued)
    if day and found["later"]:
        day += timedelta(days=int(found["later"]))
    return day.isoformat() if day else None


def _until(words: str, begun: str | None) -> str | None:
    if last := _UNTIL.search(words):
        day = _day(last.groups())
        return day.isoformat() if day else None
    years, start = _YEARS.search(words), _parsed(begun)
    if not years or not start:
        return None
    count = int(years[1]) if years[1].isdigit() else _HAN.find(years[1].replace("两", "二"))
    day = _day((str(start.year + count), str(start.month), str(min(start.day, 28))))
    return (day + timedelta(days=start.day - min(start.day, 28) - 1)).isoformat() if day else None


def _day(parts: Sequence[str]) -> date | None:
    try:
        return date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        return None


def _parsed(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day or "")
    except ValueError:
        return None


def changes(text: str, title: str) -> Iterator[Change]:
    """The documents that this one repeals, replaces or amends, with the words that say so."""
    seen: set[tuple[str, str]] = set()
    for change in (*_of_list(text, title), *_of_sentences(text)):
        key = (change.kind, title_key(change.title))
        if key not in seen and title_key(change.title) != title_key(title):
            seen.add(key)
            yield change


def _of_sentences(text: str) -> Iterator[Change]:
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        if "《" in words and (found := _said(words)):
            kind, start, end = found
            yield from _named(words, kind, start, end, sentence.start(), text)


def _said(words: str) -> tuple[ChangeKind, int, int] | None:
    """What the sentence does, and the stretch of it in which the documents are named."""
    if (repeals := _REPEALS.search(words)) and not _UNREAL.search(words[: repeals.start()]):
        return "废止", repeals.end(), len(words)
    if (replaced := _REPLACED.search(words)) is not None:
        inside = (0, replaced.start()) if "本" in replaced.group() else (replaced.end(), len(words))
        return ("替代", *inside)
    if _AMENDS.search(words):
        return "修改", 0, len(words)
    for repealed in _REPEALED.finditer(words):
        if not _UNREAL.search(words[: repealed.start()]):
            return "废止", 0, repealed.start()
    return None


def _named(
    words: str, kind: ChangeKind, start: int, end: int, at: int, text: str
) -> Iterator[Change]:
    for found in _NAMED.finditer(words, start, end):
        segment = re.split(r"[，；]", words[: found.start()])[-1]
        if _GROUND.search(segment):
            continue
        quote = words.strip()
        begin = at + len(words) - len(words.lstrip())
        yield Change(kind, found[1], found[2], Span(begin, begin + len(quote)))


def _of_list(text: str, title: str) -> Iterator[Change]:
    """A decision that says in its title what it does, and lists the documents line by line."""
    heading = _IN_TITLE.search(title)
    if not heading and not _LISTS.search(title):
        return
    kind: ChangeKind | None = "修改" if heading and heading["kind"] in ("修改", "修订") else "废止"
    for line in _SENTENCE.finditer(text):
        words = line.group()
        if "《" not in words and len(words) < 40:
            kind = _headed(words, kind)
        elif kind and re.match(r"\s*(?:[\d一二三四五六七八九十]{1,3}\s*[.．、]\s*)?《", words):
            yield from _named(words, kind, 0, len(words), line.start(), text)
    if heading:
        for found in _NAMED.finditer(title):
            at = text.find(title)
            span = Span(max(at, 0), max(at, 0) + len(title))
            own_kind: ChangeKind = "修改" if heading["kind"] in ("修改", "修订") else "废止"
            yield Change(own_kind, found[1], found[2], span)


def _headed(words: str, kind: ChangeKind | None) -> ChangeKind | None:
    if _KEPT.search(words):
        return None
    if re.search(r"修改|修订", words):
        return "修改"
    return "废止" if re.search(r"废止|失效", words) else kind


def interpreted(title: str) -> tuple[str, ...]:
    """The policies that an interpretation is about, by its title."""
    if not _READING.search(title):
        return ()
    if named := _NAMED.findall(title):
        return tuple(name for name, _ in named)
    bare = _ABOUT.match(title)
    return (bare[1].strip("：: "),) if bare else ()
