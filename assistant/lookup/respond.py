"""One question about one place, answered or declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.lookup.about import asks_about_document, document_meant, of_document
from assistant.lookup.asked import Asked
from assistant.lookup.choose import Found, also, answering, other_years, others_named, ranked
from assistant.lookup.compose import Claim, cited, joined, place, stated
from assistant.lookup.counted import counted_things, goal_year, headings_under
from assistant.lookup.decline import decline
from assistant.lookup.fitting import fits
from assistant.lookup.holding import Holding
from assistant.lookup.match import heard_of, mended
from assistant.lookup.passages import Passage
from assistant.lookup.units import who
from assistant.lookup.yesno import by_threshold
from assistant.types import Nearest
from index.types import Document


@dataclass(frozen=True, slots=True)
class Reply:
    """``claim`` is None where the documents do not say; ``missing`` then says what they do not,
    and ``near`` what comes nearest to it."""

    name: str
    claim: Claim | None
    found: Found | None = None
    missing: str = ""
    near: Claim | None = None
    nearest: tuple[Nearest, ...] = ()


def respond(asked: Asked, held: Holding, said: Sequence[Passage] = ()) -> Reply:
    """The shortest complete answer from the documents of the places asked about."""
    mine = held.at(asked.places)
    strange = not asked.places and not heard_of(asked, mine.lexicon)
    asked = mended(asked, mine.lexicon)
    found = ranked(asked, mine.passages, mine.lexicon)
    if asks_about_document(asked):
        return _about(asked, found, mine)
    if strange or outside(asked, found):
        return unsaid(asked, () if strange else found)
    if asked.kind == "unit":
        claim = who(asked, found, mine)
        if claim is None:
            return unsaid(asked, found)
        return Reply(_name(claim, mine), claim, found[0])
    if (horizon := goal_year(asked, mine)) is not None:
        return Reply(place(horizon.document), stated(horizon, dated=True))
    if (named := headings_under(asked, found, mine)) is not None:
        return Reply(_name(named, mine), named)
    if asked.amounts and (side := by_threshold(asked, found)) is not None:
        return Reply(place(side.passage.document), stated(side.passage))
    best = answering(asked, found, said)
    if best is None:
        counted = counted_things(asked, found)
        return Reply(_name(counted, mine), counted) if counted else unsaid(asked, found)
    latest = [*other_years(asked, best, found), best]
    latest.sort(key=lambda one: max((t.by or "" for t in one.passage.times), default=""))
    return Reply(place(best.passage.document), claim_of(asked, best, found), latest[-1])


def claim_of(asked: Asked, best: Found, found: Sequence[Found]) -> Claim:
    """What the best passage states, with other years of the same, cited wherever it stands."""
    wide = asked.kind in ("list", "definition", "open")
    dated = bool(asked.years or asked.span) or "date" in asked.kinds
    claim = whole_sentence(best) if wide else stated(best.passage, dated)
    beside = [*other_years(asked, best, found), *others_named(asked, best, found)]
    years = sorted({best, *beside}, key=lambda one: one.passage.span.start)
    if len(years) > 1:
        claim = joined([stated(one.passage, dated) for one in years])
    again = [cited(one.passage) for one in also(asked, best, found)]
    return Claim(claim.text, tuple(dict.fromkeys((*claim.citations, *again))))


def whole_sentence(best: Found, longest: int = 150) -> Claim:
    """The sentence of a passage where it is short enough, since a list may run over commas."""
    passage = best.passage
    sentence = passage.sentence
    if sentence.end - sentence.start > longest:
        return stated(passage)
    text = passage.document.text
    start = min(sentence.start, passage.anchor)
    widened = replace(passage, anchor=start, span=sentence)
    claim = stated(widened)
    return (
        claim
        if len(claim.text) <= longest
        else Claim(text[sentence.start : sentence.end], claim.citations)
    )


def _name(claim: Claim, held: Holding) -> str:
    owner: Document = next(d for d in held.documents if d.id == claim.citations[0].document_id)
    return place(owner)


def outside(asked: Asked, found: Sequence[Found]) -> bool:
    """Whether a place is asked about of which the best passages do not speak."""
    names = [name for name in asked.foreign if not _beside_own(name, asked)]
    passage = found[0].passage if found else None
    sentence = passage.sentence.of(passage.document.text) if passage else ""
    return any(name not in sentence for name in names)


def _beside_own(name: str, asked: Asked) -> bool:
    """湖北黄冈: the province in front of its city only says where that is."""
    return any(
        f"{name}{suffix}{own}" in asked.text for own in asked.places for suffix in ("", "省", "市")
    )


def _about(asked: Asked, found: Sequence[Found], held: Holding) -> Reply:
    if asked.foreign and not asked.places:
        return unsaid(asked, found)
    document = document_meant(asked, held)
    claim = of_document(asked, document, held) if document else None
    if document is None or claim is None:
        return unsaid(asked, found)
    return Reply(place(document), claim)


def unsaid(asked: Asked, found: Sequence[Found]) -> Reply:
    """A decline with the nearest that the documents do say."""
    best = found[0].match.score if found else 0.0
    close = [one for one in found if fits(asked, asked.kind, one.passage)][:3]
    close = [one for one in close if one.match.score >= 0.7 * best]
    missing, near, nearest = decline(asked, found, close)
    return Reply("", None, None, missing, near, nearest)
