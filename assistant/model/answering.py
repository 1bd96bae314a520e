"""An answer in the words of a model, each statement verified before anybody sees it.

The rules go first: where they decline, or answer from stored fields, the model is not asked. Where
it is, it is shown numbered clauses only; what it says is held against them one statement at a
time, and what it leaves open or cannot prove is said in the words of the documents.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from assistant.answer import Ready, Step, noted
from assistant.lookup.asked import Asked
from assistant.lookup.holding import Library
from assistant.lookup.places import own_names
from assistant.model.covering import uncovered
from assistant.model.evidence import evidence
from assistant.model.packing import Pack
from assistant.model.pen import Pen
from assistant.model.reply import ReplyReader, Said
from assistant.model.schemas import ANSWER, COMPARISON
from assistant.model.types import Message, ModelError
from assistant.model.weighing import Weigher
from assistant.model.wording import Cell, prose, table
from assistant.prompts import prompts
from assistant.types import Answer, Citation, Statement, Withheld
from index.errors import SettingsError
from index.types import Document

AGAIN_SHARE = 0.4  # of the time must be left for a second try
FAULTS, EARLIER = 6, 4
ASKED = "已找到条款，等待模型作答"
WRITING = "模型正在作答，逐句核对后显示"
AGAIN = "模型正在改写没有通过核对的话"
FELL_BACK = "本次没有采用模型的话，以下摘自条款"
KEPT_BACK = "有的文件没有准许发给外部模型，没有给模型看"


def told(found: Ready, library: Library, pen: Pen, started: float) -> Iterator[Step]:
    """The answer that the rules are ready with, told by a model where it can."""
    assert found.reading is not None and found.whole is not None
    whole, history = found.whole, found.reading.history
    sides = [found.held.at((place,)) for place in whole.places] or [found.held]
    may_read = pen.may_read()
    open_to = [side.of(d.id for d in side.documents if may_read(d)) for side in sides]
    sought = " ".join([*history, found.answer.question])
    notes: list[str] = []
    try:
        shown = evidence(sought, found.answer.citations, open_to, library, pen)
    except SettingsError as error:  # a reranker that cannot be opened costs the reranking
        notes.append(str(error))
        bare = replace(pen, reranker="")
        shown = evidence(sought, found.answer.citations, open_to, library, bare)
    telling = _Telling(found, whole, pen, shown, history, started, notes=notes)
    if any(len(a.documents) < len(b.documents) for a, b in zip(open_to, sides, strict=True)):
        telling.notes.append(KEPT_BACK)
    if shown.items:
        yield from telling.ask()
    yield Step(telling.final())


@dataclass
class _Telling:
    """What a model says to one question, and what becomes of each statement."""

    found: Ready
    whole: Asked
    pen: Pen
    shown: Pack
    history: tuple[str, ...]
    started: float
    cells: list[Cell] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doing: str = ASKED
    asked: float = 0.0

    @property
    def compares(self) -> bool:
        return len(self.whole.places) > 1

    @property
    def left(self) -> float:
        """Seconds until the reader has waited long enough."""
        return self.asked + self.pen.model.timeout - time.perf_counter()

    def ask(self) -> Iterator[Step]:
        """One reply, and a second where nothing of the first could be told."""
        messages = self._messages()
        self.asked = time.perf_counter()
        try:
            yield from self._hear(messages)
            if (
                not self.cells
                and self.withheld
                and self.left > AGAIN_SHARE * self.pen.model.timeout
            ):
                self.doing = AGAIN
                yield from self._hear([*messages, *_repair(self.withheld)])
        except ModelError as error:
            self.notes.insert(0, str(error))

    def _messages(self) -> list[Message]:
        said = {
            "evidence": self.shown.text,
            "earlier": "".join(f"之前的问题：{one}\n" for one in self.history[-EARLIER:]),
            "question": self.found.answer.question,
        }
        if self.compares:
            system = prompts().fill("model-compare")
            user = prompts().fill("model-comparison", **said, places="、".join(self.whole.places))
        else:
            system = prompts().fill("model-answer")
            user = prompts().fill("model-question", **said)
        return [Message("system", system), Message("user", user)]

    def _hear(self, messages: Sequence[Message]) -> Iterator[Step]:
        """Statement by statement, as soon as each is complete."""
        reader, model = ReplyReader(), self.pen.model
        schema = COMPARISON if self.compares else ANSWER
        with closing(model.complete(messages, schema, self.pen.reply_tokens)) as pieces:
            for piece in pieces:
                if self.left < 0:
                    raise ModelError(f"模型 {model.name} 在 {model.timeout:g} 秒内没有答完")
                first = bool(piece) and self.doing != WRITING
                self.doing = WRITING if piece else self.doing
                said = reader.feed(piece)
                self._take(said)
                yield Step(self._so_far(), self.doing, changed=first or bool(said))
                if reader.full:
                    break
        self._take(reader.rest())

    def _take(self, every: Sequence[Said]) -> None:
        documents = {d.id: d for d in self.found.held.documents}
        clause_of = self.found.held.clause_of
        weigher = Weigher(self.shown, self.whole, self.found.replies, documents.get, clause_of.get)
        for said in every:
            weighed = weigher.weigh(said)
            if isinstance(weighed, Withheld):
                self.withheld += [weighed] if weighed not in self.withheld else []
            elif all(weighed.text != cell.statement.text for cell in self.cells):
                place = self._place(documents[weighed.citations[0].document_id])
                aspect = said.aspect if said.aspect in self.whole.text else ""
                self.cells.append(Cell(weighed, place, aspect))

    def _place(self, document: Document) -> str:
        names = own_names(document)
        return next((place for place in self.whole.places if place in names), "")

    def _written(self, cells: Sequence[Cell], missing: str) -> tuple[str, tuple[Citation, ...]]:
        opening = "，".join(part for part in (self.found.opening, self.found.closing) if part)
        if self.compares:
            return table(opening, cells, missing, self.whole.places)
        return prose(opening, cells, missing)

    def _so_far(self) -> Answer:
        given = self.found.answer
        text, citations = self._written(self.cells, "") if self.cells else ("", ())
        withheld = tuple(self.withheld)
        return Answer(given.question, given.status, text, citations, withheld, mode="model")

    def final(self) -> Answer:
        """What was told, and in the documents' words what it left open."""
        found = self.found
        withheld = (*found.answer.withheld, *self.withheld)
        if not self.cells:
            notes = tuple(dict.fromkeys((*self.notes, FELL_BACK)))
            made = replace(found.answer, withheld=withheld, notes=notes)
        else:
            text, citations = self._written(*self._completed())
            made = replace(
                found.answer,
                text=text,
                citations=citations,
                withheld=withheld,
                notes=tuple(self.notes),
                mode="model",
            )
        return noted(made, found.held, found.answer.question, self.started)

    def _completed(self) -> tuple[list[Cell], str]:
        told = [cell.statement for cell in self.cells]
        rest = [
            Cell(Statement(reply.claim.text, reply.claim.citations), reply.name)
            for reply in uncovered(self.found.replies, told, self.whole)
            if reply.claim is not None
        ]
        unsaid = [reply.missing for reply in self.found.replies if reply.claim is None]
        return [*self.cells, *rest], "".join(f"{missing}。" for missing in unsaid if missing)


def _repair(withheld: Sequence[Withheld]) -> list[Message]:
    faults = "\n".join(f"- {one.text[:200]}（{one.reason}）" for one in withheld[:FAULTS])
    return [Message("user", prompts().fill("model-repair", faults=faults))]
