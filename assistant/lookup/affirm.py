"""Answers to yes-or-no questions: the word that the verb asks for, then what is stated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.lookup.about import document_meant, of_document
from assistant.lookup.asked import Asked, Term
from assistant.lookup.choose import Found, ranked
from assistant.lookup.compose import Claim, place, stated
from assistant.lookup.counted import goal_year
from assistant.lookup.expressions import Expressions, plain
from assistant.lookup.holding import Holding
from assistant.lookup.match import mended
from assistant.lookup.respond import Reply, outside, unsaid, whole_sentence
from assistant.lookup.units import backed, list_of
from assistant.lookup.yesno import Judged, by_figure, by_threshold, contradicts, judge, opening
from index.agencies import mentions, same_body
from index.types import Task

_ISSUER = re.compile(
    r"(?:是|由)([一-鿿]{1,8}(?:政府|委|局|厅|办|办公室|办公厅))(?:印发|发布|出台|发)"
)
_DOES = re.compile(r"设在|由.{2,16}?(?:牵头|会同|负责|组织)|牵头")
_ROLE = re.compile(r"管不管|管吗|责任单位|责任部门|牵头|配合|负责|参与|归.{1,8}管")


@dataclass(frozen=True, slots=True)
class Affirmed:
    """``yes`` is None where the documents do not bear the question out either way."""

    yes: bool | None
    reply: Reply


def affirm(asked: Asked, held: Holding, words: Expressions) -> Affirmed:
    """Yes or no about the documents of one place."""
    mine = held.at(asked.places)
    if "文号" in asked.text and (numbered := _number_is(asked, mine)) is not None:
        return numbered
    if (issued := _issued_by(asked, mine)) is not None:
        return issued
    asked = mended(asked, mine.lexicon)
    found = ranked(asked, mine.passages, mine.lexicon)
    aim = goal_year(replace(asked, kinds=("date",)), mine) if asked.years else None
    if aim is not None:
        years = {t.by for t in (*aim.times, *aim.inherited)}
        return Affirmed(
            bool(years & set(asked.years)), Reply(place(aim.document), stated(aim, True))
        )
    if (told := _told(asked, mine)) is not None:
        return told
    if _ROLE.search(asked.text) and (member := _membership(asked, found, mine)) is not None:
        return member
    every = ranked(asked, mine.passages, mine.lexicon, units=True)
    judged = None if outside(asked, found) else _judged(asked, every, mine, words)
    if judged is None:
        return Affirmed(None, unsaid(asked, found))
    shown = next(one for one in every if one.passage is judged.passage)
    name = place(judged.passage.document)
    return Affirmed(judged.yes, Reply(name, whole_sentence(shown, 110), shown))


def _issued_by(asked: Asked, held: Holding) -> Affirmed | None:
    """是省政府发的吗: held against the issuer of the document that is meant."""
    named = _ISSUER.search(asked.text)
    document = document_meant(asked, held) if named else None
    if named is None or document is None or not document.issuer:
        return None
    claim = of_document(replace(asked, kinds=("unit",)), document, held)
    same = named[1].replace("人民", "") in document.issuer.replace("人民", "")
    return Affirmed(same, Reply(place(document), claim)) if claim else None


def _judged(
    asked: Asked, every: Sequence[Found], held: Holding, words: Expressions
) -> Judged | None:
    """By the figure of the metric where the question names one, else by what is said of it."""
    if not asked.amounts or (split := by_threshold(asked, every)) is not None:
        return split if asked.amounts else judge(asked, every, words)
    topic = replace(asked, amounts=asked.amounts[:-1])
    figured = by_figure(asked, ranked(topic, held.passages, held.lexicon))
    if figured is not None and figured.yes:
        said = judge(topic, every, words)
        against = contradicts(asked, figured.passage, words)
        return None if said is None else Judged(said.yes and not against, figured.passage)
    return figured or _without_figure(asked, every, words)


def _without_figure(asked: Asked, every: Sequence[Found], words: Expressions) -> Judged | None:
    """A question with a figure that no passage has to do with: only a contradiction counts."""
    said = judge(asked, every, words)
    return said if said is not None and not said.yes else None


def _number_is(asked: Asked, held: Holding) -> Affirmed | None:
    """文号是…吗: held against the number of the document that is meant."""
    document = document_meant(asked, held)
    claim = (
        of_document(replace(asked, kinds=("document_number",)), document, held)
        if document
        else None
    )
    if document is None or claim is None:
        return None
    yes = bool(document.doc_no) and plain(document.doc_no or "") in plain(asked.text)
    return Affirmed(yes, Reply(place(document), claim))


def _membership(asked: Asked, found: Sequence[Found], held: Holding) -> Affirmed | None:
    """Whether a unit that the question names stands in the list of the clause it is about."""
    named_in = [m.name for m in mentions(asked.text)]
    topic = replace(asked, terms=_topic(asked, named_in))
    task = list_of(topic, ranked(topic, held.passages, held.lexicon), held)
    if task is None:
        return None
    if re.search(r"一家|独家|单独|只有", asked.text) and len(task.agencies) > 1:
        return Affirmed(False, _shown(task, False, held))
    named = [a for a in task.agencies if _names(asked.text, a.name)]
    asked_for = [m.name for m in mentions(asked.text)]
    others = [name for name in asked_for if not any(same_body(name, a.name) for a in task.agencies)]
    if not named and not others:
        return None
    leads = [a for a in task.agencies if a.role == "lead" or (task.lead and a.name in task.lead)]
    asks_lead = bool(re.search(r"牵头|打头|主办", asked.text))
    yes = bool(named) and not others
    if asks_lead and not leads:
        return Affirmed(None, Reply(place(held.document_of(task.clause_id)), _unled(task, held)))
    if asks_lead:
        yes = yes and all(a in leads for a in named)
    return Affirmed(yes, _shown(task, asks_lead, held))


def _unled(task: Task, held: Holding) -> Claim:
    names = "、".join(agency.name for agency in task.agencies)
    text = f"文件未注明牵头单位，责任单位为{names}"
    return Claim(text, backed(task, False, held), f"责任单位：{names}")


def _topic(asked: Asked, named: Sequence[str]) -> tuple[Term, ...]:
    """What is asked about, without the bodies and roles."""
    return tuple(
        t for t in asked.terms
        if not (_ROLE.search(t.surface) or any(t.surface in n or n in t.surface for n in named))
    )  # fmt: skip


def _told(asked: Asked, held: Holding) -> Affirmed | None:
    """Whether the sentence that tells who does it names the unit of the question."""
    named = [m.name for m in mentions(asked.text)]
    topic = _topic(asked, named)
    if not named or not topic:
        return None
    found = ranked(replace(asked, terms=topic), held.passages, held.lexicon)
    one = found[0] if found else None
    if one is None or one.match.core < 0.6 or not _DOES.search(one.passage.words):
        return None
    doing = [m.name for m in mentions(one.passage.words)]
    if not doing:
        return None
    yes = all(any(same_body(name, other) for other in doing) for name in named)
    return Affirmed(yes, Reply(place(one.passage.document), stated(one.passage), one))


def _names(text: str, agency: str) -> bool:
    return agency in text or any(same_body(m.name, agency) for m in mentions(text))


def _shown(task: Task, asks_lead: bool, held: Holding) -> Reply:
    names = "、".join(
        a.name
        for a in task.agencies
        if not (asks_lead and task.lead) or a.name in (task.lead or "")
    )
    label = "牵头单位" if asks_lead and task.lead else "责任单位"
    citations = backed(task, label == "牵头单位", held)
    claim = Claim(f"{label}是{names}", citations, citations[0].quote)
    return Reply(place(held.document_of(task.clause_id)), claim)


def overall(asked: Asked, sides: Sequence[Affirmed]) -> str | None:
    """The opening word for all places together: yes only where every one of them bears it out."""
    if all(side.yes is None for side in sides):
        return None
    return opening(asked.text, all(side.yes for side in sides))
