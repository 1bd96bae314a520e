"""What the upper plans only refer to: parts left out (略), plans that the library does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.draft.source import Upper
from assistant.draft.types import Missing
from assistant.draft.voice import punctuated
from index.types import Document

_CITED = re.compile(
    r"《(?P<title>[^《》]*(?:〈[^〈〉]*〉[^《》]*)*)》(?P<number>[（(][^（）()]*?号[)）])?"
)
# A plan or a notice asks for something; a law, a rule or a catalogue only binds.
_PLAN = re.compile(
    r"(?:方案|计划|规划|纲要|意见|通知|若干措施|政策措施|任务分工|责任分解)(?:[（(][^（）()]*[)）])?$"
)


def gaps(read: Sequence[Upper], held: Iterable[Document]) -> Iterable[Missing]:
    known = [(_bare(document.title), document.doc_no or "") for document in held]
    known += [(_bare(upper.title), upper.parsed.document.doc_no or "") for upper in read]
    seen: set[str] = set()
    for upper in read:
        yield from upper.missing
        for clause in upper.parsed.clauses:
            if not clause.id.startswith(upper.id + "/"):
                continue
            for found in _CITED.finditer("".join(clause.text.split())):
                title = _bare(found.group("title"))
                number = (found.group("number") or "").strip("（）()")
                if title in seen or not (number or _PLAN.search(title)):
                    continue
                seen.add(title)
                if not _is_held(title, number, known):
                    yield Missing(clause.id, punctuated(found.group()))


def _is_held(title: str, number: str, known: Sequence[tuple[str, str]]) -> bool:
    """By 文号, else by title: 关于印发X的通知 is the notice in front of X."""
    return any(
        (number and number == own_number) or (len(own) >= 8 and (own in title or title in own))
        for own, own_number in known
    )


def _bare(title: str) -> str:
    return re.sub(r"[\s《》〈〉]|^关于印发|的通知$", "", punctuated(title))
