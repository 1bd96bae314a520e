"""A draft in the words of a model, clause by clause; what cannot be proved stays with the rules.

The rules have decided what the county takes over and how. A clause may only be worded differently:
every fact of the ruled text must stand in the new one, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace

from assistant.draft.types import Draft, DraftClause
from assistant.model.budget import cut, tokens
from assistant.model.leaving import drafts_may_leave, may_leave
from assistant.model.proposing import proposal_fault
from assistant.model.rewording import rewording_fault
from assistant.model.schemas import PARAGRAPHS
from assistant.model.types import LanguageModel, Message, ModelError
from assistant.model.whole import replied
from assistant.prompts import prompts
from index.library import Library
from index.types import Document

# What is wrong with the paragraphs given for a clause of a county; "" if nothing.
Fault = Callable[[DraftClause, tuple[str, ...], str], str]
SHORTEST = 25  # characters of a text that is worth rewording
STYLE_TOKENS, UPPER_TOKENS = 160, 900
GIVES_UP = 2  # failures of the endpoint one after another
NOT_ALLOWED = "模型在外部网络：本县草稿没有准许外发（assistant allow --drafts）"
UPPER_NOT_ALLOWED = "上级文件没有准许发给外部模型"
GONE = "模型连续没有回应，其余条款没有改写"


@dataclass(frozen=True, slots=True)
class Reworded:
    """One clause as it now is; ``reason`` says why it is still the rules' own."""

    clause: DraftClause
    done: int
    total: int
    reason: str = ""


def rewrite(draft: Draft, model: LanguageModel, library: Library) -> Draft:
    """The whole draft at once."""
    return with_clauses(draft, (one.clause for one in rewording(draft, model, library)))


def with_clauses(draft: Draft, clauses: Iterable[DraftClause]) -> Draft:
    """The draft with its clauses replaced, in their order."""
    return replace(draft, clauses=tuple(clauses))


def rewording(
    draft: Draft, model: LanguageModel, library: Library, leave: frozenset[str] = frozenset()
) -> Generator[Reworded, None, None]:
    """Every clause in its order, as soon as it is decided; those to ``leave`` are persons' own.

    To close it is to stop.
    """
    writer = _Writer(draft, model, library)
    failures, total = 0, len(draft.clauses)
    for at, clause in enumerate(draft.clauses, 1):
        if clause.id in leave or clause.written == "model":
            yield Reworded(clause, at, total)
            continue
        if failures >= GIVES_UP:
            yield Reworded(clause, at, total, GONE)
            continue
        try:
            made, reason = writer.reworded(at - 1, clause)
            failures = 0
        except ModelError as error:
            made, reason = clause, str(error)
            failures += 1
        yield Reworded(made, at, total, reason)


class _Writer:
    def __init__(self, draft: Draft, model: LanguageModel, library: Library) -> None:
        self._draft = draft
        self._model = model
        self._library = library
        self._barred = "" if not model.outside or drafts_may_leave(library) else NOT_ALLOWED
        self._readable = may_leave(library) if model.outside else _anything

    def reworded(self, at: int, clause: DraftClause) -> tuple[DraftClause, str]:
        """The clause, and why it is not the model's; no reason where there was nothing to do."""
        if self._barred:
            return clause, self._barred
        if clause.level == 1 and not clause.paragraphs:
            return self._proposed(at, clause)
        if clause.origin != "upper" or len("".join(clause.paragraphs)) < SHORTEST:
            return clause, ""
        if not all(map(self._readable, self._documents(clause))):
            return clause, UPPER_NOT_ALLOWED
        return self._tried(clause, self._rewrite_messages(clause), rewording_fault)

    def _proposed(self, at: int, clause: DraftClause) -> tuple[DraftClause, str]:
        """One sentence over the headings of a section: a proposal, never a fact."""
        below = []
        for other in self._draft.clauses[at + 1 :]:
            if other.level == 1:
                break
            below += [other.heading] if other.heading and other.level == 2 else []
        if len(below) < 2:
            return clause, ""
        user = prompts().fill(
            "model-proposing",
            county=self._draft.county,
            heading=clause.heading,
            below="\n".join(below),
        )
        said = [Message("system", prompts().fill("model-propose")), Message("user", user)]
        return self._tried(clause, said, proposal_fault)

    def _tried(
        self, clause: DraftClause, messages: list[Message], fault_of: Fault
    ) -> tuple[DraftClause, str]:
        """Once, and once more with the reason."""
        most = 2 * tokens("".join(clause.paragraphs)) + 300
        fault = ""
        for _ in range(2):
            again = [Message("user", prompts().fill("model-redo", fault=fault))] if fault else []
            value = replied(self._model, [*messages, *again], PARAGRAPHS, most)
            given = _paragraphs(value["paragraphs"])
            fault = fault_of(clause, given, self._draft.county)
            if not fault:
                return _written(clause, given), ""
        return clause, fault

    def _rewrite_messages(self, clause: DraftClause) -> list[Message]:
        upper = "\n".join(self._draft.quote_of(source) for source in clause.sources)
        text = "\n".join(clause.paragraphs)
        user = prompts().fill(
            "model-rewriting",
            county=self._draft.county,
            upper=_undelimited(cut(upper, UPPER_TOKENS)),
            style=_undelimited(self._style(clause, text)),
            heading=clause.heading,
            text=_undelimited(text),
        )
        return [Message("system", prompts().fill("model-rewrite")), Message("user", user)]

    def _documents(self, clause: DraftClause) -> list[Document]:
        ids = {source.split("/")[0] for source in clause.sources}
        return [d for d in self._library.documents() if d.id in ids]

    def _style(self, clause: DraftClause, text: str) -> str:
        """How another local plan says it; its facts would not pass the check."""
        own = {source.split("/")[0] for source in clause.sources}
        documents = {
            d.id: d
            for d in self._library.documents()
            if d.level in ("city", "county") and d.id not in own and self._readable(d)
        }
        found = self._library.search(f"{clause.heading} {text[:60]}", k=12)
        chosen = [e.clause.text for e in found if e.clause.document_id in documents]
        return cut(next((one for one in chosen if len(one) >= SHORTEST), ""), STYLE_TOKENS)


def _written(clause: DraftClause, given: tuple[str, ...]) -> DraftClause:
    if given == clause.paragraphs:
        return clause
    return replace(clause, paragraphs=given, written="model", ruled=clause.paragraphs)


def _paragraphs(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    return tuple(" ".join(one.split()) for one in given if isinstance(one, str) and one.strip())


def _undelimited(text: str) -> str:
    return text.replace("<<<", "＜＜＜").replace(">>>", "＞＞＞")


def _anything(document: Document) -> bool:
    return True
