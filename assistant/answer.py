"""Answers a question from the library: understand, choose, compose, verify.

With a model (``pen``) the words are the model's, and what may be said stays with these rules.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from assistant.desk import Room, at_the_desk
from assistant.lookup.about import asks_about_document
from assistant.lookup.affirm import affirm, overall
from assistant.lookup.asked import Asked
from assistant.lookup.compose import Claim, tidy, written
from assistant.lookup.expressions import Expressions, expressions, plain
from assistant.lookup.holding import Holding, Library, hold, without_title
from assistant.lookup.respond import Reply, respond
from assistant.lookup.sides import by_place, figure, topics, verdict
from assistant.lookup.standing import notes
from assistant.question import full_years, understand, understood
from assistant.types import Answer, Statement, Withheld
from assistant.verify import verify
from assistant.verify.openings import worked_out
from index.types import Scope

if TYPE_CHECKING:
    from assistant.model.pen import Pen

_ALL_PLACES = re.compile(
    r"(?:[两三四五几各]个?|所有)(?:市|省|地方?|地区|家)(?:里|中|的|都|谁|哪|各|分别|[,，])|各地"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with all that it is understood by."""

    question: str
    history: tuple[str, ...]
    known: Mapping[str, str]
    words: Expressions
    held: Holding

    def understand(self, text: str, *earlier: str) -> Asked:
        return understand(text, (*self.history, *earlier), self.known, self.words)


@dataclass(frozen=True, slots=True)
class Step:
    """What there is to show so far; ``doing`` is empty at the last step."""

    answer: Answer
    doing: str = ""
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Ready:
    """What the rules make of a question; without ``reading`` it was answered at the desk."""

    answer: Answer
    held: Holding
    reading: Reading | None = None
    opening: str = ""
    replies: tuple[Reply, ...] = ()
    closing: str = ""

    @property
    def whole(self) -> Asked | None:
        reading = self.reading
        return _everywhere(reading.understand(reading.question), reading) if reading else None


def answer(
    question: str,
    library: Library,
    history: Sequence[str] = (),
    scope: Scope | None = None,
    pen: Pen | None = None,
) -> Answer:
    """The shortest complete answer with its citations, or a decline that says what there is."""
    *_, last = steps(question, library, pen, history, scope)
    return last.answer


def steps(
    question: str,
    library: Library,
    pen: Pen | None = None,
    history: Sequence[str] = (),
    scope: Scope | None = None,
) -> Generator[Step, None, None]:
    """The answer as it grows; the last step is the whole of it. To close it is to cancel."""
    started = time.perf_counter()
    found = ready(question, library, history, scope)
    if pen is None or found.whole is None or found.answer.status == "declined":
        yield Step(found.answer)
        return
    from assistant.model.answering import told

    yield from told(found, library, pen, started)


def ready(
    question: str, library: Library, history: Sequence[str] = (), scope: Scope | None = None
) -> Ready:
    """The answer by the rules alone, with all that it was made from."""
    started = time.perf_counter()
    held, known = hold(" ".join([*history, question]), library, scope or Scope())
    asked = without_title(question, held.documents)
    reading = Reading(asked, tuple(history), known, expressions(), held)
    desk = at_the_desk(question, Room(library, scope or Scope()))
    if desk is not None and (desk.status != "declined" or not _about_document(reading)):
        made = Ready(desk, held)
    else:
        found = _looked_up(reading)
        made = found
        if desk is not None and found.answer.status == "declined":
            made = Ready(desk, held)
    said = noted(made.answer, held, question, started)
    return replace(made, answer=said)


def noted(given: Answer, held: Holding, question: str, started: float) -> Answer:
    """With what a reader should know of the documents cited, and how long it took."""
    said = dict.fromkeys((*given.notes, *notes(given.citations, held, date.today())))
    seconds = time.perf_counter() - started
    return replace(given, question=question, notes=tuple(said), seconds=seconds)


def _about_document(reading: Reading) -> bool:
    return asks_about_document(reading.understand(reading.question))


def _looked_up(reading: Reading) -> Ready:
    """What the documents say, each claim verified."""
    opening, replies, closing = _replies(reading)
    checked = [_verified(reply, reading.held) for reply in replies]
    sure = tuple(reply for reply, _ in checked)
    documents = {document.id: document for document in reading.held.documents}
    said = _assembled(reading.question, "", sure, "")
    opening, closing, doubted = worked_out(
        opening, closing, said, documents.get, reading.held.clause_of.get
    )
    made = _assembled(reading.question, opening, sure, closing)
    withheld = (*(held for _, held in checked if held is not None), *doubted)
    made = replace(made, withheld=withheld)
    return Ready(made, reading.held, reading, opening, sure, closing)


def _verified(reply: Reply, held: Holding) -> tuple[Reply, Withheld | None]:
    """The reply if its quotes bear it out; else what it says is withheld and the quote given."""
    claim = reply.claim
    if claim is None:
        return reply, None
    documents = {document.id: document for document in held.documents}
    # The place in front is the cited document's own, not a word of the claim.
    statement = Statement(claim.checked or claim.text, claim.citations)
    verdict = verify(statement, documents.get, held.clause_of.get)
    if verdict.status == "supported":
        return reply, None
    first = claim.citations[0]
    literal = Claim(tidy(first.quote), (first,))
    return replace(reply, claim=literal), Withheld(claim.text, verdict.reason)


def _replies(reading: Reading) -> tuple[str, list[Reply], str]:
    """The opening word of a yes-or-no answer, what is said, and who has more."""
    whole = _everywhere(reading.understand(reading.question), reading)
    if any("yesno" in one.kinds for one in (whole, *_parts(reading))):
        return _yesno(reading, whole)
    if len(whole.places) > 1:
        return "", *_by_place(reading, whole)
    if len(whole.years) > 1 and whole.several:
        asked = [replace(whole, years=(year,)) for year in whole.years]
        return "", *_compared(reading, whole, asked, [f"{year}年" for year in whole.years])
    if (split := _topics(reading, whole)) is not None:
        return "", *split
    return "", _in_turn(reading, _parts(reading)), ""


def _parts(reading: Reading) -> tuple[Asked, ...]:
    return understood(reading.question, reading.history, reading.known, reading.words)


def _in_turn(reading: Reading, parts: Sequence[Asked]) -> list[Reply]:
    """Each part of a question; what one part was answered with is not said again for the next."""
    replies: list[Reply] = []
    for asked in parts:
        said = [r.found.passage for r in replies if r.found and r.claim]
        replies.append(respond(asked, reading.held, said if asked.follow_up else ()))
    return replies


def _everywhere(whole: Asked, reading: Reading) -> Asked:
    """三个市谁的…最高: every place of the corpus, where a comparison names none."""
    if whole.places or whole.foreign or not _ALL_PLACES.search(whole.text):
        return whole
    return replace(whole, places=tuple(dict.fromkeys(reading.known.values())))


def _by_place(reading: Reading, whole: Asked) -> tuple[list[Reply], str]:
    text = full_years(plain(reading.question))
    sides = by_place(text, whole.places, reading.known)
    asked = []
    for place, side in zip(whole.places, sides, strict=True):
        one = reading.understand(side, text)
        kinds = one.kinds if one.kind != "open" else whole.kinds
        asked.append(
            replace(one, places=(place,), kinds=kinds, measure=one.measure or whole.measure)
        )
    return _compared(reading, whole, asked, whole.places)


def _compared(
    reading: Reading, whole: Asked, asked: Sequence[Asked], names: Sequence[str]
) -> tuple[list[Reply], str]:
    answered = [
        (name, one, respond(one, reading.held)) for name, one in zip(names, asked, strict=True)
    ]
    if _ALL_PLACES.search(whole.text) and any(reply.claim for _, _, reply in answered):
        # Of all places only those that say something.
        answered = [side for side in answered if side[2].claim is not None]
    figures = [
        (name, figure(one, reply.found) if reply.found else None) for name, one, reply in answered
    ]
    return [reply for _, _, reply in answered], verdict(whole.text, figures)


def _topics(reading: Reading, whole: Asked) -> tuple[list[Reply], str] | None:
    """A和B分别是多少: each by itself, if every one of them is answered."""
    split = topics(whole.text)
    if split is None:
        return None
    place = "".join(whole.places[:1])
    asked = [
        replace(one, places=whole.places, years=one.years or whole.years)
        for thing in split.things
        for one in [_topic(reading, f"{place}{thing}{split.rest}", whole)]
    ]
    replies, closing = _compared(reading, whole, asked, split.things)
    if any(reply.claim is None for reply in replies):
        return None
    return replies, closing


def _topic(reading: Reading, text: str, whole: Asked) -> Asked:
    """One of several things asked for; the others help only where it has no words of its own."""
    alone = understand(text, (), reading.known, reading.words)
    return alone if alone.terms else reading.understand(text, whole.text)


def _yesno(reading: Reading, whole: Asked) -> tuple[str, list[Reply], str]:
    parts = _parts(reading)
    first = next((one for one in parts if "yesno" in one.kinds), whole)
    places: Sequence[tuple[str, ...]] = [(place,) for place in whole.places] or [()]
    sides = [affirm(replace(first, places=place), reading.held, reading.words) for place in places]
    opening = overall(first, sides)
    replies = [side.reply for side in sides]
    if len(places) == 1:
        replies += [respond(one, reading.held) for one in parts if "yesno" not in one.kinds]
    return opening or "", replies, ""


def _assembled(question: str, opening: str, replies: Sequence[Reply], closing: str) -> Answer:
    said = [(r.name, r.claim) for r in replies if r.claim is not None]
    unsaid = [reply for reply in replies if reply.claim is None]
    nearest = tuple(dict.fromkeys(near for reply in unsaid for near in reply.nearest))
    if not said:
        text = declined(unsaid)
        return Answer(question, "declined", text, (), nearest=nearest)
    text, citations = written(said, "，".join(part for part in (opening, closing) if part))
    text += "".join(f"{reply.missing}。" for reply in unsaid)
    status: Literal["partial", "answered"] = "partial" if unsaid else "answered"
    return Answer(question, status, text, citations, nearest=nearest)


def declined(replies: Sequence[Reply]) -> str:
    """What the documents do not say, and what they do say instead."""
    missing = "；".join(dict.fromkeys(reply.missing for reply in replies))
    near = [
        (reply.nearest[0].title, reply.near)
        for reply in replies
        if reply.near is not None and reply.nearest
    ]
    if not near:
        return f"{missing}，也没有找到相近的内容。"
    shown = "；".join(f"{claim.text}（{title}）" for title, claim in near)
    return f"{missing}；资料库只有：{shown}。"
