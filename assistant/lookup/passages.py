"""Documents cut into the pieces that state one thing each, with the context that they stand in.

A passage is a stretch between commas. It inherits its subject and its time from the pieces before
it in the sentence (``投资年均增长20%，累计达到700亿元``: the second has the first one's subject).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.lookup.expressions import plain
from assistant.lookup.headings import is_heading
from index.numerals import halved
from index.period import Period, periods
from index.quantity import Quantity, quantities
from index.types import Clause, Document, Span, Target, Task

_OPEN, _CLOSE = "([（〔《〈", ")]）〕》〉"
_STOP = "。!?！？"
_PAUSE = ",，;；"
_NUMBERED = re.compile(
    r"\s*(?:——?|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.．、](?!\d))\s*"
)
_LABEL = re.compile(r"[^，,。；;：:]{2,8}[：:]")
_LABEL_BEFORE = re.compile(r"(?:(?<=[。；;，,\n])|^)[^，,。；;：:\n]{2,8}[：:]\s*$")
_UNITS = re.compile(r"[（(]?(?:牵头|责任|配合|主办|协办)(?:单位|部门)[:：]")
_BARE_FIGURE = re.compile(r"[\d.]+[一-鿿%]{1,4}")
# Words that only carry a figure: a piece made of nothing else has no subject of its own.
_CARRIER = re.compile(
    r"达到?|突破|超过|实现|完成|提高|提升|下降|降低|增长|增加|新增|力争|分别|总数|总量|累计|"
    r"年均|每年|平均|以上|以下|左右|不少于|不低于|不超过|最高|最低|到|为|至|约|和|、|分别|再|要|确保|比"
)
_DEPENDENT = re.compile(
    r"^(?:全部|均|都|其中|占|总数|总量|累计|年均|并|且|最高|最低|分别|达到?|突破|超过|增长|提高|下降|降低|年度|"
    r"平均|过(?=#)|较|比|由#|从#|同比|可按|可以|不低于|不少于|不超过|每年(?:达|增|提|新))"
)

_Times = tuple[tuple[Period, ...], Span | None]

# How near to a passage a word stands: in it, in its subject, in what the sentence says before it …
OWN, SUBJECT, PREVIOUS, HEADING, TITLE, SENTENCE, CLAUSE = 1.0, 0.9, 0.62, 0.6, 0.5, 0.45, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """How near each pair of characters stands; the layers of a sentence and clause are shared."""

    near: Mapping[str, float]
    sentence: frozenset[str]
    around: Mapping[str, float]

    def get(self, gram: str, default: float = 0.0) -> float:
        found = self.near.get(gram)
        if found is not None:
            return found
        level = self.around.get(gram, default)
        return SENTENCE if level < SENTENCE and gram in self.sentence else level

    def __contains__(self, gram: str) -> bool:
        return gram in self.near or gram in self.sentence or gram in self.around


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """``weights`` says how near to the passage each pair of characters stands (1.0: in it).

    ``lead`` opens the sentence or last states a time in it; ``anchor`` is where the subject begins;
    ``inherited`` are the times of the piece at ``time_at``.
    """

    document: Document
    clause: Clause
    span: Span
    sentence: Span
    lead: Span | None
    anchor: int
    time_at: Span | None
    text: str
    subject: str
    weights: Weights
    quantities: tuple[Quantity, ...]
    times: tuple[Period, ...]
    inherited: tuple[Period, ...]
    targets: tuple[Target, ...]
    units: bool
    heading: bool

    @property
    def words(self) -> str:
        return self.span.of(self.document.text)


def grams(text: str) -> tuple[str, ...]:
    """Pairs of Chinese characters, whole Latin words; numbers are kept apart as quantities."""
    found: list[str] = []
    for run in re.findall(r"[一-鿿]+|[a-z][a-z&+]*", text):
        if len(run) == 1 or run[0].isascii():
            found.append(run)
        else:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return tuple(found)


def amount_gram(quantity: Quantity) -> str:
    return f"#{quantity.base_value:g}"


@lru_cache(maxsize=64)
def passages(
    document: Document, clauses: tuple[Clause, ...], tasks: tuple[Task, ...]
) -> tuple[Passage, ...]:
    """Every passage of a document in reading order."""
    targets = [target for task in tasks for target in task.targets]
    title = dict.fromkeys(grams(plain(document.title)), TITLE)
    return tuple(
        passage for clause in clauses for passage in _of_clause(document, clause, title, targets)
    )


def _of_clause(
    document: Document, clause: Clause, title: Mapping[str, float], targets: Sequence[Target]
) -> Iterator[Passage]:
    surroundings = dict.fromkeys(grams(plain(clause.text)), CLAUSE) | dict(title)
    surroundings |= dict.fromkeys(grams(plain("，".join(clause.path))), HEADING)
    span = clause.span
    targets = [t for t in targets if t.span.start < span.end and span.start < t.span.end]
    inherited: _Times = ((), None)
    for index, line in enumerate(clause.spans):
        body = line if index else _after_number(document.text, line, clause.number)
        for sentence in sentences(document.text, body):
            made = list(_of_sentence(document, clause, sentence, surroundings, inherited, targets))
            yield from made
            own = [(p.times, p.span) for p in made if any(t.binds for t in p.times)]
            inherited = own[-1] if own else inherited


def _after_number(text: str, line: Span, number: str) -> Span:
    """A clause's first line without its number (7.18个… is 18个 in clause 7)."""
    found = re.match(rf"\s*{re.escape(number)}[.．、]?\s*", line.of(text)) if number else None
    start = line.start + (found.end() if found else 0)
    return Span(start, line.end) if start < line.end else line


def _marks(text: str) -> set[str]:
    return {*grams(text), *re.findall(r"[一-鿿]", text)}


def sentences(text: str, line: Span) -> Iterator[list[Span]]:
    """The sentences of a line, each as the pieces between its commas; brackets are not broken."""
    for row in _rows(text, line):
        pieces: list[Span] = []
        start, bracketed = row.start, _bracketed(text, row)
        for at in range(row.start, row.end):
            char = text[at]
            if char not in _STOP + _PAUSE or at in bracketed:
                continue
            _add(pieces, text, start, at)
            start = at + 1
            if char in _STOP and pieces:
                yield pieces
                pieces = []
        _add(pieces, text, start, row.end)
        if pieces:
            yield pieces


def _bracketed(text: str, row: Span) -> set[int]:
    """The places inside brackets that are opened and closed in the row; a stray one counts not."""
    opened: list[int] = []
    inside: set[int] = set()
    for at in range(row.start, row.end):
        if text[at] in _OPEN:
            opened.append(at)
        elif text[at] in _CLOSE and opened:
            inside.update(range(opened.pop(), at))
    return inside


def _rows(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for at in [*(i for i in range(line.start, line.end) if text[i] == "\n"), line.end]:
        if text[start:at].strip():
            yield Span(start, at)
        start = at + 1


def _add(pieces: list[Span], text: str, start: int, end: int) -> None:
    number = _NUMBERED.match(text[start:end]) if not pieces else None
    start += number.end() if number else 0
    words = text[start:end]
    label = _LABEL.match(words.lstrip())
    if label and not _UNITS.search(words):
        start += len(words) - len(words.lstrip()) + label.end()
        words = text[start:end]
    if not words.strip():
        return
    start += len(words) - len(words.lstrip())
    span = Span(start, start + len(words.strip()))
    if pieces and _BARE_FIGURE.fullmatch(halved(words.strip())):  # …机组6台,10.4万千瓦
        span = Span(pieces.pop().start, span.end)
    pieces.append(span)


def _of_sentence(
    document: Document,
    clause: Clause,
    pieces: list[Span],
    surroundings: Mapping[str, float],
    inherited: _Times,
    targets: Sequence[Target],
) -> Iterator[Passage]:
    text = document.text
    whole = Span(pieces[0].start, pieces[-1].end)
    sentence = frozenset(_marks(plain(whole.of(text))))
    subject, lead, anchor = "", None, pieces[0].start
    times, time_at = inherited
    said = ""
    for index, piece in enumerate(pieces):
        words = halved(piece.of(text))
        amounts = quantities(words)
        own_times = _times_of(words)
        own = plain(words)
        dependent = bool(index) and _depends(words, own_times, amounts)
        if not dependent:
            subject, anchor = "", piece.start
        mine = tuple(t for t in targets if t.span.start < piece.end and piece.start < t.span.end)
        counted = tuple(q for q in amounts if not _is_time(q, own_times))
        label = plain(text[_label_start(text, piece.start) : piece.start])
        near = _near(said, subject + "，" + plain("".join(t.metric for t in mine)), label + own)
        near |= {amount_gram(q): OWN for q in counted}
        listed = bool(_UNITS.search(words))
        yield Passage(
            document, clause, piece, whole, lead, anchor, time_at, own, subject,
            Weights(near, sentence, surroundings), counted, own_times,
            () if listed else times, mine, listed, is_heading(clause, own),
        )  # fmt: skip
        subject = subject + own if dependent else own
        said += own
        binding = tuple(t for t in own_times if t.binds or t.days or t.day or t.kind == "since")
        if binding:
            times, time_at, lead = binding, piece, piece
        elif not index:
            lead = piece


def _near(said: str, subject: str, own: str) -> dict[str, float]:
    """How near the words stand that a piece has itself or takes from before it."""
    layers = ((said, PREVIOUS), (subject, SUBJECT), (own, OWN))
    return {gram: level for words, level in layers for gram in _marks(words)}


def _times_of(words: str) -> tuple[Period, ...]:
    """The times of a piece, without years that are only compared with or stand in a title."""
    found = periods(words)
    return tuple(t for t in found if not (_baseline(words, t) or _in_title(words, t)))


def _label_start(text: str, start: int) -> int:
    """Where the label in front of a piece begins (电话:3569407)."""
    found = _LABEL_BEFORE.search(text[max(0, start - 12) : start])
    return start - len(found.group()) if found else start


def _depends(words: str, times: Sequence[Period], amounts: Sequence[Quantity]) -> bool:
    """Whether a piece has no subject of its own."""
    bare = list(words)
    for span in (*(t.span for t in times), *(q.span for q in amounts)):
        bare[span.start : span.end] = "#" * (span.end - span.start)
    left = re.sub(r"#+", "#", "".join(bare)).strip()
    if _DEPENDENT.match(left.lstrip("#到至力争，")):
        return True
    return "#" in left and len(_CARRIER.sub("", left.replace("#", ""))) < 4


def _in_title(words: str, time: Period) -> bool:
    """《…行动计划(2015-2017年)》: a year in the name of another document."""
    before = words[: time.span.start]
    return before.count("《") > before.count("》")


def _baseline(words: str, time: Period) -> bool:
    """从2014年的0.68%提升到, 比2016年降低: a year that is only compared with."""
    return time.by is not None and words[: time.span.start].endswith(("从", "由", "较", "比", "自"))


def _is_time(quantity: Quantity, times: Sequence[Period]) -> bool:
    return any(
        time.span.start < quantity.span.end and quantity.span.start < time.span.end
        for time in times
    )
