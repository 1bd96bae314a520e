"""Whether a statement says nothing but what its citations say. Fails closed.

Two questions, in order: is every citation real, to the character; and does every fact and every
word of the statement stand in the cited quotes (with what their clauses inherit: headings, title
and number of the document, its place, the year in force). The first fault found is the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.alignment import replaced
from assistant.cover import uncovered
from assistant.events import events
from assistant.figures import event_fault, figure_fault, free_words
from assistant.frames import frames
from assistant.names import agency_fault, name_fault, with_cited_names, with_signs, without_agencies
from assistant.passages import ClauseOf, DocumentOf, Passage, passage, region_names
from assistant.reading import Reading, reading
from assistant.types import Citation, Statement, Verdict
from assistant.wording import NEGATION, STRENGTHS, plain, same_words
from index.types import Clause, Document

# The word that answers a yes-or-no question; what it affirms is not in the statement.
POLARITY = re.compile(
    r"^(?:是的?|不是|否|有|没有|能|不能|可以|不可以|会|不会|需要|不需要|对|不对)[,。;:]"
)
_UNITS = re.compile(r"\(?(?:责任单位|牵头单位|配合单位).*$")


def verify(statement: Statement, document_of: DocumentOf, clause_of: ClauseOf) -> Verdict:
    reason = _fault(statement, document_of, clause_of)
    return Verdict(statement, "unsupported" if reason else "supported", reason or "")


def _fault(statement: Statement, document_of: DocumentOf, clause_of: ClauseOf) -> str | None:
    if not statement.citations:
        return "没有引文"
    if not plain(statement.text).strip("。;,"):
        return "没有内容"
    passages = []
    for citation in statement.citations:
        document, clause = document_of(citation.document_id), clause_of(citation.clause_id)
        if fault := citation_fault(citation, document, clause):
            return fault
        assert document is not None and clause is not None
        passages.append(passage(citation, document, clause, clause_of))
    return text_fault(statement.text, passages)


def citation_fault(
    citation: Citation, document: Document | None, clause: Clause | None
) -> str | None:
    """Why a citation is not real, or None."""
    if document is None:
        return f"引用了不存在的文件 {citation.document_id}"
    if clause is None:
        return f"引用了不存在的条款 {citation.clause_id}"
    if clause.id != citation.clause_id or clause.document_id != document.id:
        return f"条款 {citation.clause_id} 不属于文件 {citation.document_id}"
    if document.id != citation.document_id:
        return f"文件 {citation.document_id} 与库中编号不符"
    if citation.title != document.title:
        return f"引文所标标题不是 {document.id} 的标题"
    if citation.doc_no != document.doc_no:
        return f"引文所标文号不是 {document.id} 的文号"
    if not any(own.contains(citation.span) for own in clause.spans):
        return f"引文区间不在条款 {clause.id} 之内"
    if citation.quote != citation.span.of(document.text):
        return f"引文与 {clause.id} 的原文不一致"
    return None


def text_fault(text: str, passages: Sequence[Passage]) -> str | None:
    """Why a text is not what the passages say, or None."""
    said = with_cited_names(POLARITY.sub("", plain(text)), passages)
    if is_verbatim(said, passages):
        return None
    read = reading(_without_titles(said, passages))
    return (
        name_fault(said, passages)
        or _figures(read, passages)
        or _times(read, passages)
        or _flips(read, passages)
        or agency_fault(read.raw, passages)
        or _words(read, passages)
    )


def is_verbatim(said: str, passages: Sequence[Passage]) -> bool:
    """The statement is whole sentences of one quote, character for character."""
    said = said.strip().rstrip("。;")
    for p in passages:
        at = p.quoted.find(said)
        before, after = p.quoted[:at], p.quoted[at + len(said) :]
        whole = not p.raw[: p.quote.start + max(at, 0)].rstrip("\n") or before.endswith(
            ("。", "\n")
        )
        if at >= 0 and whole and (not after or after[0] in "。\n"):
            return p.quote.end == len(p.raw) or bool(after) or p.raw[p.quote.end] in "。\n"
    return False


def _without_titles(said: str, passages: Sequence[Passage]) -> str:
    """The cited document's own title is a name, with or without its brackets."""
    for p in passages:
        said = said.replace(plain(p.document.title), "《》")
    return said


def _figures(read: Reading, passages: Sequence[Passage]) -> str | None:
    for frame in frames(read):
        places = _places(read.text[: frame.quantity.span.start], passages)
        if fault := figure_fault(frame, passages, places):
            return fault
    return None


def _places(before: str, passages: Sequence[Passage]) -> frozenset[str]:
    """The documents whose place was named last before a figure; empty where none was."""
    last: dict[str, int] = {}
    for p in passages:
        last[p.document.id] = max(before.rfind(name) for name in region_names(p.document) or ("",))
    latest = max(last.values(), default=-1)
    if len(last) < 2 or latest < 0:
        return frozenset()
    return frozenset(name for name, at in last.items() if at == latest)


def _times(read: Reading, passages: Sequence[Passage]) -> str | None:
    told = frames(read)
    bound = {when for frame in told for when in frame.when}
    bases = {year for p in passages for frame in p.frames for year in frame.base}
    for event in events(read):
        yearly = event.when.every == "year" and not event.when.days and told
        based = event.when in bound and event.when.by in bases
        if yearly or based:
            continue
        if fault := event_fault(event, passages, alone=not event.figures):
            return fault
    return None


def _flips(read: Reading, passages: Sequence[Passage]) -> str | None:
    """A negation or a strength that the quotes do not have, or have and lost."""
    text = _without_figures(read)
    ground = "\n".join(f"{_without_figures(p.read)}\n{same_words(p.head)}" for p in passages)
    for row in STRENGTHS:
        if any(w in text for w in row) and not any(w in ground for w in row):
            return f"引文没有“{next(w for w in row if w in text)}”这样的力度"
    for word in _negated(text):
        if word not in _negated(ground, len(word)):
            return f"引文没有否定“{word}”"
    for word in _negated(ground, 4):
        lost = word in text and word not in _negated(text, 4)
        if lost and ground.count(word) <= _negated(ground, 4).count(word):
            return f"引文否定了“{word}”"
    return None


def _without_figures(read: Reading) -> str:
    text = read.text
    for q in reversed(read.quantities):
        text = text[: q.span.start] + "|" + text[q.span.end :]
    return same_words(text)


def _negated(text: str, size: int = 2) -> list[str]:
    """What follows each negation, up to ``size`` characters of one run."""
    found = []
    for match in NEGATION.finditer(text):
        following = re.match(rf"[A-Za-z0-9\u3400-\u9fff]{{1,{size}}}", text[match.end() :])
        if following:
            found.append(following[0])
    return found


def _words(read: Reading, passages: Sequence[Passage]) -> str | None:
    """Every stretch must be said by the passages of one document at least."""
    free = tuple(word for p in passages for word in free_words(p))
    ground: dict[str, str] = {}
    for p in passages:
        ground[p.document.id] = ground.get(p.document.id, "") + "\n" + p.words
    for part in _parts(without_agencies(_without_facts(read), passages)):
        gaps: list[tuple[str, ...]] = [uncovered(part, g, free) for g in ground.values()]
        fewest = min(gaps, key=_size)
        if fewest:
            return f"引文没有说“{'、'.join(fewest)}”"
    return _replacements(read, passages)


def _replacements(read: Reading, passages: Sequence[Passage]) -> str | None:
    signs: dict[str, str] = {}
    quoted = [s for p in passages for s in _parts(with_signs(_without_facts(p.read), signs))]
    for part in _parts(with_signs(_without_facts(read), signs)):
        # Lists of responsible units are held to roles, in whatever order they are told.
        part = _UNITS.sub("", part)
        if other := replaced(part, quoted):
            names = {sign: name for name, sign in signs.items()}
            shown = "".join(names.get(c, c) for c in other)
            return f"引文在这里说的不是“{shown}”"
    return None


def _parts(text: str) -> list[str]:
    return re.split(r"[。;!?\n]", text)


def _without_facts(read: Reading) -> str:
    text = read.text
    cuts = [q.span for q in read.quantities] + [p.span for p in read.periods]
    for span in sorted(cuts, reverse=True):
        text = text[: span.start] + "|" + text[span.end :]
    return text


def _size(gaps: tuple[str, ...]) -> int:
    return sum(map(len, gaps))
