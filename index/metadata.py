"""What a document is: title, 文号, issuer, date, level, region, upper documents, standing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.layout import Body
from index.lines import DOC_NO
from index.region import level_of, place_of
from index.types import Level, Source, Status

_DATE = re.compile(r"(\d{4})[ ]?年[ ]?(\d[ ]?\d?)[ ]?月[ ]?(\d[ ]?\d?)[ ]?日")
_DASHED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_HAN_DATE = re.compile(
    r"([二〇○零Ｏ一三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_TITLED = re.compile(
    r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》(?:[(（][^()（）]*\d{4}[^()（）]*号[)）])?"
)
_CITED = re.compile(r"按照|根据|落实|依据|遵照|执行|对照|要求|精神|部署|规定|转发|贯彻")
_ISSUER = re.compile(
    r"^[^。，：:]{0,30}?(?:人民政府办公厅|人民政府办公室|人民政府|政府办公室|"
    r"委员会办公室|委员会|办公厅|办公室|厅|局|委|部|小组)$"
)
_FROM_TITLE = re.compile(r"^(?P<issuer>[^《》关]{2,40}?)(?:关于|印发)(?P<rest>.+)$")
_REPEALED = re.compile(r"(?:本|该)[^。]{0,12}(?:废止|失效|停止执行)")
_TERM = re.compile(
    r"(?:本|此|施行，|实施，)[^。；有]{0,40}(?P<term>有效期(?:为|至|限)?[^。；，,]{1,24})"
)
_SPOKEN = re.compile("[，。；：:！？]")
_LETTERHEAD = re.compile(r"(?:政府|委员会|办公[厅室]|小组|[委局厅部院会])(?:文件)?$")
_FILED = (
    re.compile(r"^[\s\d]{1,4}[-_.、．]\s*"),
    re.compile(r"^附件\s*[\d一二三四五六七八九十]*\s*[:：._-]?\s*"),
    re.compile(r"[\s_-]*(?:副本|复制|copy)?\s*(?:[(（]\d{1,2}[)）])?$", re.I),
    re.compile(r"[(（\s_-]*(?:定稿|终稿|印发稿|正式稿|最终版|扫描[件版]|打印版)[)）]?$"),
    re.compile(r"[\s_-]+\d{8}$"),
)
_DRAFT = re.compile(r"征求意见稿|送审稿|讨论稿")


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str
    doc_no: str | None
    issuer: str | None
    date: str | None
    level: Level
    region: str
    implements: tuple[str, ...]
    status: Status
    status_note: str
    kind: str


def describe(source: Source, texts: Sequence[Body], name: str) -> Metadata:
    """Front matter first, then the words of the file; what stands in neither is None."""
    front = {key: _plain(value) for key, value in source.front.items()}
    title = front.get("title") or _title(texts) or source.title or _headline(texts) or filed(name)
    signed = _signed(texts)
    region = front.get("region") or _region(_titles(texts) or [title], source.text)
    issuer = front.get("issuer") or _issuer(_titles(texts) or [title], texts)
    if issuer and re.match(r"(?:省|市|县|区|州)(?:人民)?政府|(?:省|市|县|区|州)委", issuer):
        issuer = region + issuer[1:] if region.endswith(issuer[0]) else issuer
    status, note = _standing(source.text, title, front.get("status", ""))
    return Metadata(
        title=_tidy(title),
        doc_no=front.get("doc_no") or _doc_no(source.text, texts),
        issuer=issuer,
        date=front.get("date") or signed,
        level=_level(front.get("level", ""), region, issuer or title, source.text),
        region=region,
        implements=_implements(source, texts),
        status=status,
        status_note=note,
        kind=front.get("kind") or _genre(title),
    )


def _titles(texts: Sequence[Body]) -> list[str]:
    return ["".join(line.text for line in body.title) for body in texts if body.title]


def _title(texts: Sequence[Body]) -> str:
    """The plan's own title; of several plans the notice's, else the first one's 等N件."""
    parts = ["".join(line.text for line in b.title) for b in texts if re.fullmatch(r"P\d+", b.step)]
    front = ["".join(line.text for line in b.title) for b in texts if b.title and b.is_notice]
    if parts:
        return front[0] if front else f"{parts[0]}等{len(parts)}件"
    plans = [
        "".join(line.text for line in b.title)
        for b in texts
        if b.title and not b.step and not b.is_notice
    ]
    return plans[-1] if plans else front[0] if front else ""


def _headline(texts: Sequence[Body]) -> str:
    """A first line that stands like a title, though it names no kind of document."""
    lines = [line for line in texts[0].lines if not line.is_doc_no] if texts else []
    if len(lines) < 2 or lines[0].mark or lines[0].table or lines[0].is_date or lines[0].annex:
        return ""
    words = lines[0].text
    han = len(re.findall(r"[一-鿿]", words))
    stands = han >= 4 and len(words) <= 40 and not _SPOKEN.search(words)
    return words if stands and not _LETTERHEAD.search(words) else ""


def filed(name: str) -> str:
    """The title in the name of a file, without what an office adds to keep its files apart."""
    title = name
    for mark in _FILED:
        title = mark.sub("", title).strip(" -_") or title
    return title


def _plain(value: object) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _tidy(title: str) -> str:
    return re.sub(r"^【?字体[:：]|[(（]附[^()（）]*[)）]$", "", title.strip()).strip()


def _doc_no(text: str, texts: Sequence[Body]) -> str | None:
    """The document's own number stands alone on a line near its head (GB/T 9704, 7.2.5)."""
    for body in texts[:1]:
        head = [*body.title, *body.lines[:12]]
        for line in head:
            if line.is_doc_no and (found := DOC_NO.search(line.text)):
                return found.group()
    return None


def _signed(texts: Sequence[Body]) -> str | None:
    for body in texts:
        for line in body.lines:
            if line.is_date and (day := iso_date(line.text)):
                return day
    return None


def iso_date(text: str) -> str | None:
    """The first full date of a text as YYYY-MM-DD, or None."""
    if found := _DATE.search(text) or _DASHED.search(text):
        year, month, day = (int(part.replace(" ", "")) for part in found.groups())
        return f"{year:04d}-{month:02d}-{day:02d}"
    if han := _HAN_DATE.search(text):
        year = int("".join(str("〇一二三四五六七八九".find(_zero(c))) for c in han.group(1)))
        return f"{year:04d}-{_small(han.group(2)):02d}-{_small(han.group(3)):02d}"
    return None


def _zero(char: str) -> str:
    return "〇" if char in "〇○零Ｏ" else char


def _small(han: str) -> int:
    """一 … 三十一 as a number."""
    tens, _, units = han.rpartition("十") if "十" in han else ("", "", han)
    ten = 10 * ("一二三四五六七八九".find(tens) + 1 if tens else 1) if "十" in han else 0
    return ten + ("一二三四五六七八九".find(units) + 1 if units else 0)


def _issuer(titles: Sequence[str], texts: Sequence[Body]) -> str | None:
    for title in titles:
        found = _FROM_TITLE.match(re.sub(r"^【?字体[:：]", "", title))
        if found and _ISSUER.match(found.group("issuer").strip()):
            return found.group("issuer").strip()
    for body in texts:
        for i, line in enumerate(body.lines):
            if line.is_date and i and _ISSUER.match(body.lines[i - 1].text):
                return body.lines[i - 1].text.replace(" ", "")
    return None


def _region(titles: Sequence[str], text: str) -> str:
    for words in titles:
        if place := place_of(words):
            return place
    for line in text.split("\n")[:40]:
        words = line.strip()
        if _ISSUER.match(words) and (place := place_of(words)):
            return place
    return ""


def _level(given: str, region: str, words: str, text: str) -> Level:
    named: dict[str, Level] = {
        "national": "national",
        "province": "province",
        "city": "city",
        "county": "county",
        "township": "township",
        "district": "county",
    }
    if given in named:
        return named[given]
    found = level_of(region, words)
    return "county" if found == "city" and _addresses_townships(text) else found


def _addresses_townships(text: str) -> bool:
    """A 市 that commands 镇 and 街道 directly is a county-level one."""
    return bool(re.search(r"各(?:乡)?镇(?:人民)?政府|各乡镇|各镇\(街道\)", text)) and not re.search(
        r"各县|各区|县\(市", text
    )


def _implements(source: Source, texts: Sequence[Body]) -> tuple[str, ...]:
    """Upper documents that the opening says it carries out, with their numbers."""
    given = source.front.get("implements")
    if isinstance(given, list):
        return tuple(str(item) for item in given)
    found: dict[str, None] = {}
    own = [_bare(title) for title in _titles(texts)]
    for body in texts:
        limit = next((i for i, line in enumerate(body.lines) if line.mark), 6)
        for line in body.lines[: max(limit, 1)]:
            if _CITED.search(line.text):
                for match in _TITLED.finditer(line.text):
                    if _bare(match.group()) not in own:
                        found[match.group()] = None
    return tuple(found)


def _bare(title: str) -> str:
    return re.sub(r"[《》〈〉\s]", "", title)


def _standing(text: str, title: str, given: str) -> tuple[Status, str]:
    """Only what the text says: a term is noted, never judged."""
    statuses: tuple[Status, ...] = ("现行", "废止", "被替代", "失效", "征求意见")
    note = (found.group("term") if (found := _TERM.search(text)) else "").strip()
    for status in statuses:
        if given == status:
            return status, note
    if _DRAFT.search(title):
        return "征求意见", note
    if (gone := _REPEALED.search(text[:200])) and "之日" not in gone.group():
        return "废止", gone.group()
    return "未注明", note


def _genre(title: str) -> str:
    words = (
        "实施方案 行动方案 行动计划 实施意见 实施细则 管理办法 暂行办法 若干政策 若干措施 "
        "政策措施 规划 方案 计划 意见 办法 规定 细则 规则 条例 措施 决定 批复 公告 通告 通知 函 "
        "要点 纲要 清单"
    ).split()
    bare = re.sub(r"的?通知$", "", re.sub(r"[(（][^()（）]*[)）]|[》”]", "", title)) or title
    return next((word for word in words if bare.endswith(word)), "其他")
