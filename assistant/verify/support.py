"""Whether a text says nothing but what its passages say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.verify.alignment import crossed, replaced
from assistant.verify.compared import turned_over, without_comparison
from assistant.verify.counted import without_counts
from assistant.verify.cover import uncovered
from assistant.verify.denial import denial_added, denial_lost
from assistant.verify.doers import doer_fault
from assistant.verify.event_faults import event_fault
from assistant.verify.events import events
from assistant.verify.figures import figure_fault, free_words
from assistant.verify.frames import frames
from assistant.verify.names import (
    agency_fault,
    with_cited_names,
    with_signs,
    without_agencies,
)
from assistant.verify.passages import Passage, region_names
from assistant.verify.places import by_document, last_named, with_title_signs
from assistant.verify.reading import Reading, reading
from assistant.verify.strengths import strength_fault
from assistant.verify.subjects import widened
from assistant.verify.titles import name_fault
from assistant.verify.wording import plain, same_words
from index.numerals import numeral_value

# The word that answers a yes-or-no question; what it affirms is not in the statement.
POLARITY = re.compile(
    r"^(?:是的?|不是|否|有|没有|能|不能|可以|不可以|会|不会|需要|不需要|对|不对)[,。;:]"
)
NEXT = 2  # characters that tell one mention of a noun from another
_NUMERAL = re.compile(r"(\d+(?:\.\d+)?)([^\W\d_]{0,2})")
_LENGTH = re.compile(r"(\d+|[一二三四五六七八九十]+)(个?工作日|日|天|个月|小时|分钟)")
_UNITS = re.compile(r"\(?(?:责任单位|牵头单位|配合单位).*$")


def text_fault(text: str, passages: Sequence[Passage]) -> str | None:
    """Why a text is not what the passages say, or None."""
    said = with_cited_names(POLARITY.sub("", plain(text)), passages)
    if is_verbatim(said, passages):
        return None
    said, false = without_comparison(said, passages)
    if false:
        return false
    said = without_counts(said)
    read = reading(with_title_signs(said, passages))
    return (
        name_fault(said, passages)
        or _figures(read, passages)
        or _times(read, passages)
        or _flips(read, passages)
        or _bodies(read, passages)
        or doer_fault(read.raw, passages)
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


def _bodies(read: Reading, passages: Sequence[Passage]) -> str | None:
    parts = by_document(read.raw, passages)
    return next((fault for part, allowed in parts if (fault := agency_fault(part, allowed))), None)


def _figures(read: Reading, passages: Sequence[Passage]) -> str | None:
    for frame in frames(read):
        places = last_named(read.raw[: frame.quantity.span.start], passages)
        if fault := figure_fault(frame, passages, places):
            return fault
    return (
        _thresholds(read, passages) or _bare_numbers(read, passages) or _durations(read, passages)
    )


def _durations(read: Reading, passages: Sequence[Passage]) -> str | None:
    """第10个工作日 is not 第10日, wherever it stands."""
    quoted = {d for p in passages for d in _lengths(p.raw)}
    return next((f"引文没有“{n}{u}”" for n, u in _lengths(read.raw) if (n, u) not in quoted), None)


def _lengths(text: str) -> list[tuple[str, str]]:
    found = _LENGTH.findall(text)
    return [(f"{numeral_value(n):g}", unit.lstrip("个").replace("天", "日")) for n, unit in found]


def _bare_numbers(read: Reading, passages: Sequence[Passage]) -> str | None:
    """A numeral told without the unit or comparator, or of another word, than in the quotes."""
    ground = [text for p in passages for text in (_without_facts(p.read), p.head)]
    loose = {numeral for text in ground for numeral in _numerals(text)}
    for numeral in _numerals(_without_facts(read)):
        if numeral not in loose:
            return f"引文中没有这样的“{''.join(numeral)}”"
    return None


def _numerals(text: str) -> list[tuple[str, str]]:
    """Numerals that are no figures, each with the word that it stands before."""
    return [(found[1], found[2]) for found in _NUMERAL.finditer(text)]


def _thresholds(read: Reading, passages: Sequence[Passage]) -> str | None:
    """2000万元以上 and 2000万元以下 in one quote: neither may be told more often than it stands."""
    told = Counter((f.amount, f.ops) for f in frames(read))
    quoted = Counter((f.amount, f.ops) for p in passages for f in p.around)
    both = {
        amount for amount, ops in quoted if (amount, frozenset({">="})) in quoted and "<=" in ops
    }
    for (amount, ops), count in told.items():
        if amount in both and count > quoted[(amount, ops)]:
            return "以上、以下两档与引文不符"
    return None


def _times(read: Reading, passages: Sequence[Passage]) -> str | None:
    told = frames(read)
    bound = {w for frame in told for w in frame.when}
    bases = {year for p in passages for frame in p.frames for year in frame.base}
    for event in events(read):
        when = event.when
        yearly = when.every == "year" and not (when.days or when.years) and told
        based = when in bound and when.by in bases
        if yearly or based:
            continue
        if fault := event_fault(event, passages, alone=not event.figures):
            return fault
    return None


def _flips(read: Reading, passages: Sequence[Passage]) -> str | None:
    """A negation or a strength that the quotes do not have, or have and lost."""
    text = _without_figures(read)
    quoted = [_without_figures(p.read) for p in passages]
    heads = [same_words(p.head) for p in passages]
    ground = "\n".join([*quoted, *heads])
    if fault := strength_fault(text, [*quoted, *heads], ground):
        return fault
    if order := turned_over(text, ground):
        return f"引文里的比较不是“{order}”"
    if (word := denial_added(text, ground)) is not None:
        return f"引文没有否定“{word}”"
    lost = denial_lost(text, ground)
    return f"引文否定了“{lost}”" if lost else None


def _without_figures(read: Reading) -> str:
    text = read.text
    for q in reversed(read.quantities):
        text = text[: q.span.start] + "|" + text[q.span.end :]
    return same_words(text)


def _words(read: Reading, passages: Sequence[Passage]) -> str | None:
    """Every stretch must be said by the passages of one document, or of those that it names."""
    free = tuple(word for p in passages for word in free_words(p))
    text = without_agencies(_without_facts(read), passages)
    for part, allowed in by_document(text, passages):
        fewest = min((uncovered(part, g, free) for g in _grounds(part, allowed)), key=_size)
        if fewest:
            return f"引文没有说“{'、'.join(fewest)}”"
        quoted = [_without_facts(p.read) for p in allowed]
        ground = "\n".join(quoted)
        if narrower := widened(part, ground) or widened(part, ground, NEXT):
            return f"引文说的只是{narrower}"
    return _replacements(read, passages)


def _grounds(part: str, allowed: Sequence[Passage]) -> list[str]:
    """The words of each document; of all together where the part names them all."""
    by_id: dict[str, str] = {}
    for p in allowed:
        by_id[p.document.id] = by_id.get(p.document.id, "") + "\n" + p.words
    names = {p.document.id: region_names(p.document) for p in allowed}
    joint = len(names) > 1 and all(any(n in part for n in own) for own in names.values())
    return ["\n".join(by_id.values())] if joint else list(by_id.values())


def _replacements(read: Reading, passages: Sequence[Passage]) -> str | None:
    signs: dict[str, str] = {}
    free = tuple(word for p in passages for word in free_words(p))
    quoted = [s for p in passages for s in _parts(with_signs(_without_facts(p.read), signs))]
    for part in _parts(with_signs(_without_facts(read), signs)):
        # Lists of responsible units are held to roles, in whatever order they are told.
        part = _UNITS.sub("", part)
        for word in free:
            part = part.replace(word, "")
        if other := replaced(part, quoted) or crossed(part, quoted):
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
