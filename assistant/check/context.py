"""By when, where a sentence says nothing of it itself: headings of years, cells, words for all.

A plan by years says it in the heading (三、2018年任务), a table in a column, an introduction for
what follows (到2020年，实现以下目标：), a closing remark for whatever says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.check.types import Above, Sentence
from index.period import Period, periods
from index.types import Clause, Span

_LONG_HEADING = 24
_LONG_LEAD = 40
_UNSAID = re.compile(
    r"(?:未|没有|无|除)[^，。；]{0,6}?(?:特别|另行|另有|单独|已经?|有)?(?:注明|标明|明确|说明|规定|列明|写明)"
)
_FOR_ALL = re.compile(
    r"(?:指标|任务|目标|事项|工作|措施|项目|内容|要求)[^。；]{0,30}?(?:均|一律|统一|都|全部)[^。；]{0,30}?"
    r"(?:完成|期限|时限|截止|到位|实现|办结|见效)"
)
_HERE = re.compile(r"本(?:部分|章|节|条|表|项)|所列|下列|以下")
_PARTS = re.compile(
    r"第[一二三四五六七八九十]+(?:[、和及至到]第?[一二三四五六七八九十]+)*(?:部分|章|节|条)"
)
_LEADS_IN = re.compile(r"(?:[:：]|(?:以下|下列|如下)[^。；]{0,16}[:：。])$")
_OPENS = re.compile(r"^[\s(（]*$")


def timed_from_above(
    told: Sequence[Sentence], clauses: Mapping[str, Clause], aside: Sequence[Sentence] = ()
) -> tuple[Sentence, ...]:
    """Every sentence with the nearest time that governs it, if any does. ``aside``: what stands
    beside the work (the introduction), where words for all may be said too."""
    leads: dict[str, Above] = {}
    scopes: list[tuple[frozenset[str], Above]] = []
    whole = next((general for one in aside if (general := _for_all(one))), None)
    line: tuple[Sentence, Above] | None = None
    found: list[Sentence] = []
    for sentence in told:
        if (general := _for_all(sentence)) is not None:
            if (held := _scope(sentence, clauses)) is not None:
                scopes.append((held, general))
            else:
                whole = whole or general
            found.append(sentence)
            continue
        line = _of_line(sentence, line)
        own = None if line is None or _binding(sentence.text) else line[1]
        above = sentence.above or own or _over(sentence, clauses, leads)
        found.append(replace(sentence, above=above))
        if (opening := _lead_in(sentence)) is not None:
            leads[sentence.clause_id] = opening
    return tuple(_scoped(s, clauses, scopes, whole) for s in found)


def _scoped(
    sentence: Sentence,
    clauses: Mapping[str, Clause],
    scopes: Sequence[tuple[frozenset[str], Above]],
    whole: Above | None,
) -> Sentence:
    """Words for all hold where nothing nearer does."""
    if sentence.above is not None:
        return sentence
    above = [c for c in _upwards(sentence.clause_id, clauses)]
    nearest = next((general for held, general in scopes if held & set(above)), whole)
    return replace(sentence, above=nearest)


def _for_all(sentence: Sentence) -> Above | None:
    """均于2020年底前完成; 除另行注明的以外，均以2023年底为完成期限."""
    text = sentence.text
    if not (_UNSAID.search(text) or _FOR_ALL.search(text)):
        return None
    binding = _binding(text)
    return Above(binding[0], text, sentence.span, True) if len(binding) == 1 else None


def _scope(sentence: Sentence, clauses: Mapping[str, Clause]) -> frozenset[str] | None:
    """The clauses that words for all speak of: 第二、第三部分, 本部分; None for the whole draft."""
    if (parts := _PARTS.search(sentence.text)) is not None:
        numbers = re.findall(r"[一二三四五六七八九十]+", parts.group())
        first = [clause for clause in clauses.values() if clause.number in numbers]
        return frozenset(
            c.id for c in first if c.parent is None or clauses[c.parent].kind == "part"
        )
    return frozenset({sentence.clause_id}) if _HERE.search(sentence.text) else None


def _lead_in(sentence: Sentence) -> Above | None:
    """到2020年，实现以下目标：… counts for what follows in its clause and below."""
    binding = _binding(sentence.text)
    if len(binding) != 1 or not _LEADS_IN.search(sentence.text) or len(sentence.text) > _LONG_LEAD:
        return None
    return Above(binding[0], sentence.text, sentence.span)


def _of_line(
    sentence: Sentence, line: tuple[Sentence, Above] | None
) -> tuple[Sentence, Above] | None:
    """到2020年，建成…；完成…。培育…: the year that opens a line counts for what follows in it, up
    to the next year."""
    binding = _binding(sentence.text)
    if binding:
        opens = _OPENS.match(sentence.text[: binding[0].span.start])
        return (sentence, Above(binding[0], sentence.text, sentence.span)) if opens else None
    if line is None or line[0].clause_id != sentence.clause_id:
        return None
    goes_on = line[0].span.end <= sentence.span.start <= line[0].span.end + 2
    return (sentence, line[1]) if goes_on else None


def _over(
    sentence: Sentence, clauses: Mapping[str, Clause], leads: Mapping[str, Above]
) -> Above | None:
    for at in _upwards(sentence.clause_id, clauses):
        if at in leads:
            return leads[at]
        if (heading := _of_heading(clauses[at])) is not None:
            return heading
    return None


def _of_heading(clause: Clause) -> Above | None:
    """2018年任务, 2019—2020年任务 over a year's work; a long heading tells the work itself."""
    if clause.kind in ("text", "row") or not clause.path:
        return None
    step = clause.path[-1]
    if len(step) > _LONG_HEADING:
        return None
    found = _binding(step)
    return Above(found[0], step, clause.spans[0]) if len({p.by for p in found}) == 1 else None


def _binding(text: str) -> list[Period]:
    """Times by which; of several years the last one is meant."""
    return [p for p in periods(text) if p.kind in ("deadline", "year", "range") and p.by]


def _upwards(clause_id: str, clauses: Mapping[str, Clause]) -> list[str]:
    found: list[str] = []
    at: str | None = clause_id
    while at is not None and at in clauses:
        found.append(at)
        at = clauses[at].parent
    return found


def above_of(text: str, start: int) -> Above | None:
    """The time that a cell or the name of a column states."""
    found = _binding(text)
    if len({p.by for p in found}) != 1:
        return None
    return Above(found[-1], text, Span(start, start + max(len(text), 1)))
