"""A model looks at what the rules of a check could not pair, and nowhere else.

It may only point: its verdict counts where it names words that stand in the draft, that hold every
figure and time of the upper sentence, and that the rules did not use already. Each row that it
touched says so, and the fault becomes a notice for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from assistant.check.likeness import Rarity, pairs
from assistant.check.passages import sentences
from assistant.check.report import summary
from assistant.check.types import Coverage, Finding, Match, Row, Sentence
from assistant.lookup.expressions import plain
from assistant.model.leaving import drafts_may_leave, may_leave
from assistant.model.schemas import QUOTE
from assistant.model.types import LanguageModel, Message, ModelError
from assistant.model.whole import replied
from assistant.prompts import prompts
from index.library import Library
from index.period import periods
from index.quantity import quantities
from index.types import Parsed, Span

SHOWN, SHORTEST = 8, 8  # sentences of the draft that are shown; characters of a quote
NEAR = 0.08  # words in common without which two sentences are about different things
NOT_ALLOWED = "模型在外部网络：草案或上级文件没有准许外发，没有请模型判断"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Judged:
    coverage: Coverage
    done: int
    total: int


def judge(coverage: Coverage, draft: Parsed, model: LanguageModel, library: Library) -> Coverage:
    """The report with the open rows looked at; a model that fails leaves it as it was."""
    *_, last = judging(coverage, draft, model, library)
    return last.coverage


def judging(
    coverage: Coverage, draft: Parsed, model: LanguageModel, library: Library
) -> Generator[Judged, None, None]:
    """One step a row that was open; to close it is to stop."""
    rows = list(coverage.rows)
    opened = [at for at, row in enumerate(rows) if lost_in(row)]
    notices = coverage.notices
    if not _may_see(coverage, model, library):
        opened, notices = [], (*notices, NOT_ALLOWED)
    told = sentences(draft)
    rarity = Rarity.of([pairs(sentence.text) for sentence in told])
    for done, at in enumerate(opened, 1):
        try:
            rows[at] = _looked_at(rows[at], told, rarity, draft, model)
        except ModelError as error:
            notices = (*notices, f"模型没有判断完：{error}")
            break
        yield Judged(_with(coverage, rows, notices), done, len(opened))
    yield Judged(_with(coverage, rows, notices), len(opened), len(opened))


def lost_in(row: Row) -> str:
    """The one sentence that the rules could not find in the draft, "" if the row is not open."""
    if row.label == "missing":
        return row.upper_text
    lost = [f for f in row.findings if f.type == "subtask_dropped" and f.severity == "fault"]
    # Where several are lost one quote decides nothing.
    single = len(lost) == 1 and lost[0].note == f"“{lost[0].upper_quote}”未写"
    return lost[0].upper_quote if row.label == "partial" and single else ""


def _may_see(coverage: Coverage, model: LanguageModel, library: Library) -> bool:
    if not model.outside:
        return True
    readable = may_leave(library)
    ids = {row.document_id for row in coverage.rows}
    uppers = [d for d in library.documents() if d.id in ids]
    return drafts_may_leave(library) and all(map(readable, uppers))


def _looked_at(
    row: Row, told: Sequence[Sentence], rarity: Rarity, draft: Parsed, model: LanguageModel
) -> Row:
    upper = lost_in(row)
    wanted = pairs(upper)
    ranked = sorted(told, key=lambda s: -rarity.shared(wanted, pairs(s.text)))[:SHOWN]
    user = prompts().fill(
        "model-judging",
        upper=_undelimited(upper),
        sentences="\n".join(_undelimited(one.text) for one in ranked),
    )
    said = [Message("system", prompts().fill("model-judge")), Message("user", user)]
    quote = str(replied(model, said, QUOTE, 400)["quote"] or "").strip()
    span = found(quote, draft.document.text)
    near = rarity.shared(wanted, pairs(quote)) >= NEAR
    if span is None or not near or not holds(upper, quote):
        return row
    return _touched(row, upper, Match(span, span.of(draft.document.text)), model.name)


def found(quote: str, text: str) -> Span | None:
    """Where the quote stands, to the character but for spaces; None if it does not."""
    words = _SPACE.sub("", quote)
    if len(words) < SHORTEST:
        return None
    at = [i for i, char in enumerate(text) if not char.isspace()]
    start = "".join(text[i] for i in at).find(words)
    return Span(at[start], at[start + len(words) - 1] + 1) if start >= 0 else None


def holds(upper: str, quote: str) -> bool:
    """Whether the quote has every figure and time of the upper sentence."""
    return _facts(upper) <= _facts(quote)


def _facts(text: str) -> set[tuple[object, ...]]:
    bare = plain(text)
    figures: set[tuple[object, ...]] = {(q.base_value, q.op) for q in quantities(bare)}
    return figures | {(t.by, t.month, t.day) for t in periods(bare)}


def _touched(row: Row, upper: str, match: Match, name: str) -> Row:
    note = f"规则没有找到对应；模型 {name} 认为草案已写“{match.quote}”，请人核对"
    finding = Finding("subtask_dropped", "notice", upper, match.quote, note, draft_span=match.span)
    rest = tuple(f for f in row.findings if f.type != "subtask_dropped")
    matches = tuple(sorted({*row.matches, match}, key=lambda one: one.span))
    return replace(
        row,
        label="covered" if row.label == "partial" else "partial",
        reason=f"{note}。",
        matches=matches,
        findings=(finding, *rest),
        judged=name,
    )


def _with(coverage: Coverage, rows: Sequence[Row], notices: tuple[str, ...]) -> Coverage:
    touched = [row.clause for row in rows if row.judged]
    if touched:
        notices = (*notices, f"模型参与判断 {len(touched)} 项，均请人核对：{'、'.join(touched)}。")
    return replace(
        coverage,
        rows=tuple(rows),
        notices=notices,
        summary=summary(rows, coverage.copied, notices),
    )


def _undelimited(text: str) -> str:
    return _SPACE.sub(" ", text).replace("<<<", "＜＜＜").replace(">>>", "＞＞＞")
