"""Who is responsible: the list of a clause, or a sentence that names who does it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.lookup.asked import Asked
from assistant.lookup.choose import Found, ranked
from assistant.lookup.compose import Claim, own_span, stated, tidy
from assistant.lookup.holding import Holding
from assistant.lookup.match import Lexicon
from assistant.lookup.passages import SUBJECT, Passage, grams
from assistant.types import Citation, cite
from index.agencies import mentions
from index.types import Agency, Span, Task

# The question's verb, and how a document says it in a sentence rather than in a list.
_PROSE = tuple(
    (re.compile(asks), re.compile(says))
    for asks, says in (
        (r"设在|放在|设立|挂在|设到", r"设在|设立在|挂靠"),
        (r"召集人|组长|总指挥|主任|负责人", r"召集|组长|总指挥|主任|负责人"),
        (r"报[给送到向回]?|交|送|汇总", r"报|送|汇总|备案"),
        (r"反映|找|问|咨询|联系", r"反映|联系|咨询"),
        (r"牵头|打头|领头", r"牵头"),
        (r"通报|督查|督办|考核|检查", r"通报|督查|督办|考核|检查"),
        (
            r"统筹|承担|出钱|掏|安排|会同|分解|制定",
            r"负责|承担|安排|会同|统筹|分解|制定|给予|由",
        ),
    )
)
_FIRST_LEADS = re.compile(
    r"(?:列|排)?(?:在)?第一(?:位|个)?的?(?:者|单位|部门)?为(?:第一)?牵头(?:单位|部门)"
)
_POST = re.compile(r"召集人|组长|总指挥|主任|[省市县区局]长|书记|电话|联系人")
_OFFICE = re.compile(r"[省市县区][一-鿿“”]{1,12}(?:办|局|委|厅|办公室|小组|政府|中心|会)")
_PERSON = re.compile(r"副?[省市县区州]长|副?书记|秘书长|副?主任|负责同志")
_LABEL = re.compile(r"(?:牵头|责任|配合|主办|协办)(?:单位|部门)[:：]\s*$")
_LEADS = re.compile(r"牵头|打头|领头|主办|带头")
_HELPS = re.compile(r"配合|协助|协办|参与|除了|还有谁")
_FIRST = re.compile(r"第一|首位|排头|排在前")


def who(asked: Asked, found: Sequence[Found], held: Holding) -> Claim | None:
    """The answer to who does it, or None where the documents do not say."""
    named = re.search(r"(?:牵头|责任|配合)(?:单位|部门)", asked.text)
    prose = None if named else _in_prose(asked, found)
    if prose is not None:
        return prose
    # Who holds a post (召集人, 组长) no list of units says.
    listed = None if _POST.search(asked.text) else list_of(asked, found, held)
    return _listed(asked, listed, held) if listed else None


def _in_prose(asked: Asked, found: Sequence[Found]) -> Claim | None:
    for asks, says in _PROSE:
        if not asks.search(asked.text):
            continue
        for one in found[:12]:
            passage = one.passage
            sentence = passage.sentence.of(passage.document.text)
            near = one.match.core >= 0.6 and one.match.score >= 0.66
            if near and says.search(passage.text) and _names_somebody(passage.words):
                return stated(passage)
            short = says.search(sentence) and len(sentence) < 90
            if near and short and _names_somebody(sentence):
                return _sentence(passage)
    return None


def _sentence(passage: Passage) -> Claim:
    words = passage.sentence.of(passage.document.text)
    return Claim(tidy(words), (cite(passage.document, passage.clause, passage.sentence),))


def _names_somebody(words: str) -> bool:
    return bool(mentions(words) or _PERSON.search(words) or _OFFICE.search(words))


def list_of(asked: Asked, found: Sequence[Found], held: Holding) -> Task | None:
    """The task whose words the question names best, if the best passage of all is among them."""
    found = _without_roles(asked, found, held)
    groups: dict[str, list[Found]] = {}
    for one in found[:60]:
        task = responsible(one.passage.clause.id, held)
        if task is not None:
            groups.setdefault(task.clause_id, []).append(one)
    if not groups:
        return None
    scores = {key: _topic(asked, group, held.lexicon) for key, group in groups.items()}
    best = max(scores, key=lambda key: scores[key])
    least = 0.85 * found[0].match.score
    if max(one.match.score for one in groups[best]) < min(least, 0.8) or scores[best] < 0.55:
        return None
    return held.task_of[best]


def _without_roles(asked: Asked, found: Sequence[Found], held: Holding) -> Sequence[Found]:
    """Ranked again without 牵头, 打头 …: these say who is meant, not what it is about."""
    kept = tuple(
        t for t in asked.terms if not (_LEADS.search(t.surface) or _FIRST.search(t.surface))
    )
    if len(kept) == len(asked.terms):
        return found
    topic = replace(asked, terms=kept)
    return ranked(topic, [one.passage for one in found], held.lexicon)


def responsible(clause_id: str, held: Holding) -> Task | None:
    """The nearest task at or above a clause that has a list of units."""
    parts = clause_id.split("/")
    for end in range(len(parts), 1, -1):
        task = held.task_of.get("/".join(parts[:end]))
        if task is not None and task.agencies:
            return task
    return None


def _topic(asked: Asked, group: Sequence[Found], words: Lexicon) -> float:
    """How well the passages of one task together cover what is named."""
    best = max(one.match.score for one in group)
    total = held = 0.0
    for term in asked.terms:
        covered = 0.0
        for alternative in term.alternatives:
            parts = grams(alternative) or (alternative,)
            whole = sum(words.rare(g) for g in parts)
            own = sum(
                words.rare(g)
                for g in parts
                if any(one.passage.weights.get(g, 0.0) >= SUBJECT - 0.35 for one in group)
            )
            covered = max(covered, own / whole)
        weight = sum(words.rare(g) for g in grams(term.surface)) * (1.0 if term.own else 0.4)
        total += weight
        held += weight * covered
    return 0.6 * best + 0.4 * (held / total if total else 0.0)


def _listed(asked: Asked, task: Task, held: Holding) -> Claim:
    leads = [a for a in task.agencies if a.role == "lead"]
    if not leads and task.lead:
        leads = [a for a in task.agencies if a.name in task.lead.split("、")]
    others = [a for a in task.agencies if a not in leads]
    text, checked = _worded(asked, _names(leads), _names(others), _names(task.agencies[:1]))
    citations = backed(task, "牵头" in text and bool(leads), held)
    if leads and "牵头" not in citations[0].quote:
        # That the first of a list leads is said elsewhere; the list itself is what must stand.
        checked = citations[0].quote
    return Claim(text, citations, checked)


def backed(task: Task, leads: bool, held: Holding) -> tuple[Citation, ...]:
    """The list, and where the document says who of it leads if its label does not."""
    citations = list_citations(task, held)
    labelled = any("牵头" in citation.quote for citation in citations)
    return citations if labelled or not leads else citations + _first_leads(held, task)


def _names(agencies: Sequence[Agency]) -> str:
    return "、".join(agency.name for agency in agencies)


def _worded(asked: Asked, leads: str, others: str, first: str) -> tuple[str, str]:
    """The list as far as it is asked for, and the part of it that the document must bear out."""
    asks_lead = bool(_LEADS.search(asked.text))
    asks_all = bool(_HELPS.search(asked.text) or re.search(r"全|都|责任单位", asked.text))
    if leads and asks_lead and not asks_all:
        return f"牵头单位是{leads}", ""
    if leads:
        return f"牵头单位：{leads}" + (f"；责任单位：{others}" if others else ""), ""
    if _FIRST.search(asked.text) and re.search(r"哪几|哪些|都|全", asked.text):
        return f"责任单位：{others}，列第一位的是{first}", f"责任单位：{others}"
    if _FIRST.search(asked.text):
        return f"列第一位的责任单位是{first}", f"责任单位是{first}"
    if asks_lead:
        return f"文件未注明牵头单位，责任单位依次为{others}", f"责任单位：{others}"
    return f"责任单位：{others}", ""


def _first_leads(held: Holding, task: Task) -> tuple[Citation, ...]:
    """Where the document says that the first of each list leads."""
    document = held.document_of(task.clause_id)
    found = _FIRST_LEADS.search(document.text)
    if found is None:
        return ()
    span = Span(found.start(), found.end())
    for clause in held.clauses[document.id]:
        if any(own.contains(span) for own in clause.spans):
            return (cite(document, clause, span),)
    return ()


def list_citations(task: Task, held: Holding) -> tuple[Citation, ...]:
    """The list as it stands, from its label on; the whole of it, so that it can be checked."""
    spans = [agency.span for agency in task.agencies]
    document = held.document_of(task.clause_id)
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    label = _LABEL.search(document.text[max(0, start - 8) : start])
    start -= len(label.group()) if label else 0
    whole = Span(start, end)
    found: list[Citation] = []
    for clause in held.clauses[document.id]:
        part = own_span(document, clause, whole)
        if part is not None and len(found) < 2:
            found.append(cite(document, clause, part))
    return tuple(found)
