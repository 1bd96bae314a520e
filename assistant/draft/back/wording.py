"""The wording of a clause as the lines of an edited file have it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.back.match import numbered
from assistant.draft.edit import Wording, names_in
from assistant.draft.types import DraftClause, Units

_LONGEST_HEADING = 40
_BRACKET = re.compile(
    r"[（(](?:责任单位|牵头单位|主办单位)[:：](?:[^（）()]|[（(][^（）()]*[）)])*[）)]。?$"
)
_LEADS = re.compile(r"(?:牵头单位|主办单位)[:：](?P<names>[^；;]*)")
_OTHERS = re.compile(r"(?:责任单位|配合单位|协办单位)[:：](?P<names>[^；;]*)")


def again(clause: DraftClause, lines: Sequence[str]) -> tuple[str, Wording]:
    """The clause's number and wording; a number that Word only counts is taken as it was."""
    number, first = _own_number(clause, lines[0])
    texts = [first, *lines[1:]]
    leads, others, texts = _units(clause.units, texts)
    heading, paragraphs = _headed(clause, texts)
    kept = tuple(line for line in paragraphs if line)
    return number or clause.number, Wording(heading, kept, leads, others)


def _own_number(clause: DraftClause, line: str) -> tuple[str, str]:
    """The number as it was is taken at its word: in 2.2人户 the second 2 is no part of it."""
    if clause.number and line.startswith(clause.number):
        return clause.number, line[len(clause.number) :].lstrip()
    return numbered(line) if clause.level else ("", line)


def _units(before: Units, texts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    """The units of the bracket that closes the clause, and the lines without it."""
    found = _BRACKET.search(texts[-1])
    if found is None:
        return (), (), texts
    rest = [*texts[:-1], texts[-1][: found.start()].rstrip()]
    words = found.group().rstrip("。")
    if words == before.shown:
        return before.leads, before.others, rest
    inner = words[1:-1]
    lead, other = _LEADS.search(inner), _OTHERS.search(inner)
    leads = names_in(lead["names"]) if lead else ()
    others = names_in(other["names"]) if other else ()
    if lead is None:  # one list for all: who led before leads still
        leads = tuple(one for one in others if one in before.leads)
        others = tuple(one for one in others if one not in leads)
    return leads, others, rest


def _headed(clause: DraftClause, texts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    first, rest = texts[0], tuple(texts[1:])
    if clause.level == 0 or not (clause.heading or clause.level == 1):
        return "", (first, *rest)
    if clause.heading and first.startswith(clause.heading):
        return clause.heading, (first[len(clause.heading) :].lstrip("。"), *rest)
    return split_heading(first, rest)


def split_heading(first: str, rest: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """A line's opening sentence is its heading where it is short, or stands alone."""
    head, stop, body = first.partition("。")
    if len(head) <= _LONGEST_HEADING:
        return head, (body, *rest)
    return "", (head + stop + body, *rest)
