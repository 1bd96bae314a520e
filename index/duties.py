"""Deadlines (what is to be done by when) and duties (what recurs or is reported, and to whom)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.judge import role
from index.passage import Passage, Piece, read_passage
from index.period import Period
from index.quantity import NUMBERING
from index.timing import is_comparison
from index.types import Deadline, Duty, Span

_LONGEST = 160
_REPORTS = re.compile(
    r"报送|上报|报告(?:送|至|给|市|省|县)|报(?=[省市县区各州盟镇乡]|有关|主管|上级|领导|联席)|通报|督查|督导检查|督促检查|"
    r"公示公?告?|公告|报备|报[^,;。]{2,16}备案|抄送|进行[^,;。]{0,6}评估|巡查|调度通报"
)
_NO_DUTY = re.compile(
    r"督查(?:室|范围|考核$|激励)|^(?:强化|加强|严格)?(?:督查|督导|通报)\w{0,4}$|作为.{0,30}依据$|中$|(?:责任|职责)$"
)
_STANDING = re.compile(
    r"(?:持续|日常|常态化|经常性)[^,;。]{0,6}(?:排查|巡查|监管|监测|检查|抽查|走访|调度|巡检|维护)"
)
_WHEN_WORDS = re.compile(r"及时|适时|日常|持续|常态化|不定期|随时|动态")
_TO = (
    re.compile(r"向(?P<to>[^,;。、向]{2,24}?)(?:报送|报告|上报|反馈|备案|通报|分头|汇报|提交|报)"),
    re.compile(
        r"(?:报送|报告|上报|报备|抄送|报)(?:至|给|到|送)?(?P<to>[^,;。报送]{1,30}?(?:办公室|政府|办公厅|领导小组|"
        r"委员会|委|局|厅|部门|督查室|目标办|办|党委|小组|单位|中心|院)(?:和[^,;。]{2,14}(?:办|局|委|厅|政府|办公室))?)"
        r"(?=$|[,;。)]|备案|汇总)"
    ),
    re.compile(
        r"对(?P<to>各[^,;。的]{1,16}?)(?=企业|工业|经济|执行|落实|传统|情况|工作|完成|的|进行|开展|实施|推进|贯彻)"
    ),
)
# 2021年、2022年的年度任务: the years belong to a noun.
_NAMES_A_THING = re.compile(r"\s*(?:的(?!时候)|、(?:19|20)\d\d年|度)")
_BLANK = re.compile(r"[\s□]|力争|争取|确保|其中")


def deadlines(text: str, offset: int, inherited_year: str | None = None) -> tuple[Deadline, ...]:
    """What a passage wants done by a time; a year whose every demand is a figure is left to the
    targets, which carry it."""
    passage = read_passage(text)
    found = []
    year = inherited_year
    for time in passage.times:
        if time.kind == "recurring" or is_comparison(passage.text, time):
            continue
        piece = passage.piece_at(time.span.start)
        year = time.by or year
        if _NAMES_A_THING.match(passage.text, time.span.end):
            continue
        scope = _scope(passage, time, piece)
        if scope is None or not _is_deadline(passage, time, scope):
            continue
        what = _words(text, time.span.end, scope.end)
        span = _trimmed(text, Span(time.span.start, scope.end))
        found.append(Deadline(what, _when(text, time, year), span.of(text), _at(span, offset)))
    return tuple(found)


def deadlines_in_lines(
    lines: Sequence[tuple[Span, str]], inherited_year: str | None = None
) -> tuple[Deadline, ...]:
    """The deadlines of several lines of one clause: 10月底前 takes the year of a line before."""
    found: list[Deadline] = []
    year = inherited_year
    for span, words in lines:
        found.extend(deadlines(words, span.start, year))
        years = [t.by for t in read_passage(words).times if t.binds and t.kind != "date"]
        year = years[-1] if years else year
    return tuple(found)


def _is_deadline(passage: Passage, time: Period, scope: Span) -> bool:
    if time.kind in ("since", "date") or (time.kind == "within" and (time.years or 0) < 0.5):
        return time.kind == "within" and "工作日" in time.span.of(passage.text)
    exact = bool(time.edge) or time.month is not None
    return exact or not _all_figures(passage, scope)


def _all_figures(passage: Passage, scope: Span) -> bool:
    targets = [q for q in passage.quantities if role(passage, q) == "target"]
    pieces = [p for p in passage.pieces if scope.start <= p.start < scope.end and not p.inner]
    return all(
        any(p.start <= q.number.start < p.end for q in targets)
        or len(_BLANK.sub("", passage.clear[p.start : p.end])) <= 1
        for p in pieces
    )


def _scope(passage: Passage, time: Period, piece: Piece) -> Span | None:
    """From a time to the next one in its sentence, or to the sentence's end."""
    ends = [p.end for p in passage.pieces if p.sentence == piece.sentence and not p.inner]
    later = [
        t.span.start
        for t in passage.times
        if t.span.start > time.span.start
        and t.kind not in ("recurring", "since")
        and not is_comparison(passage.text, t)
    ]
    end = min([max(ends), time.span.start + _LONGEST, *later])
    if end - time.span.end < 3:
        end = min(max(ends), time.span.start + _LONGEST)
    semicolon = passage.text.find(";", time.span.end, end)
    end = semicolon if semicolon > 0 else end
    return Span(time.span.start, end) if end > time.span.end else None


def _when(text: str, time: Period, year: str | None) -> str:
    said = time.span.of(text).removeprefix("到").removeprefix("至")
    if time.kind == "range" and "五" in said:
        return f"{said}（至{time.by}年）"
    if time.by is None and time.month is not None and year:
        return f"{year}年{said.removeprefix('当年').removeprefix('今年')}"
    return said


def duties(text: str, offset: int) -> tuple[Duty, ...]:
    """What a passage wants done again and again, or reported."""
    passage = read_passage(text)
    return tuple(_duties(text, passage, offset))


def _duties(text: str, passage: Passage, offset: int) -> Iterator[Duty]:
    targets = [q for q in passage.quantities if role(passage, q) == "target"]
    for piece in passage.pieces:
        if piece.inner:
            continue
        words = NUMBERING.sub("", passage.text[piece.start : piece.end].strip())
        again = [t for t in passage.times_in(piece.start, piece.end) if _recurs(text, t)]
        counted = any(piece.start <= q.number.start < piece.end for q in targets)
        standing = _STANDING.search(words)
        reports = standing or (_REPORTS.search(words) and not _NO_DUTY.search(words))
        if (not again or (counted and not reports)) and not reports:
            continue
        end = _duty_end(passage, piece)
        span = _trimmed(text, Span(piece.start, end))
        said = again[0].span.of(text) if again else _said(words)
        if not again and not standing and _is_noun(words):
            continue
        yield Duty(
            what=_words(text, again[0].span.end if again else piece.start, end),
            when=said,
            to=_to(passage.text[piece.start : end]),
            quote=span.of(text),
            span=_at(span, offset),
        )


def _recurs(text: str, time: Period) -> bool:
    said = time.span.of(text)
    return (
        time.kind == "recurring" and "均" not in said and not said.startswith(("分年度", "按年度"))
    )


def _duty_end(passage: Passage, piece: Piece) -> int:
    """A piece that announces its object runs into the next one (研究…情况，并形成报告报…)."""
    return piece.end


def _is_noun(words: str) -> bool:
    """加强督促检查 and 信息报送等工作 name a duty's kind; they set none."""
    return (
        bool(re.search(r"等工作$|^(?:强化|加强|做好|抓好|开展好)[^,;。]{0,12}$|、[^、]*、", words))
        or len(words) < 6
    )


def _said(words: str) -> str:
    said = _WHEN_WORDS.search(words)
    return said[0] if said else ""


def _to(words: str) -> str | None:
    for pattern in _TO:
        if found := pattern.search(words):
            return found["to"].strip("(") or None
    return None


def _words(text: str, start: int, end: int) -> str:
    return text[start:end].strip(" ,，、;；:：\n\t　")


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in ",，;；"):
        end -= 1
    return Span(start, end)


def _at(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
