"""Hold a draft against one or several upper plans: one row per upper task, in the plan's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.check.align import ALIKE, Alignment, align
from assistant.check.amounts import compare, dropped, is_size, said_plainly
from assistant.check.applicable import Standing, disowned, excused, names_lower_level, standing
from assistant.check.bodies import asked, compare_units
from assistant.check.cutting import halved
from assistant.check.deadlines import compare_deadlines
from assistant.check.functions import kin
from assistant.check.levels import nearer_rules
from assistant.check.measures import is_condition
from assistant.check.names import Declared, Names, declared_in
from assistant.check.pairing import Closeness, Stated, is_milestone, paired, stated_targets
from assistant.check.params import compare_params
from assistant.check.passages import sentences
from assistant.check.report import asked_of, extras, left_open, passages, reason_for, summary_of
from assistant.check.requirements import requirements
from assistant.check.subtasks import Reading, read_parts
from assistant.check.types import Coverage, Finding, Label, Requirement, Row, Sentence
from assistant.check.wording import FIRMS, RESULT
from index.encoder import Encoder
from index.types import Parsed, Span

_NEARLY_ALL = 0.8
_SURE = 0.4  # likeness that a clause for others must have before it counts as answered


@dataclass(frozen=True, slots=True)
class _Draft:
    """The draft with all that is read off it once."""

    parsed: Parsed
    sentences: tuple[Sentence, ...]
    stated: tuple[Stated, ...]
    close: Closeness
    names: Names
    county: Standing

    @property
    def lists_all(self) -> bool:
        """Whether it names responsible units nearly everywhere."""
        listed = sum(sentence.units is not None for sentence in self.sentences)
        return listed >= _NEARLY_ALL * len(self.sentences)


@dataclass(frozen=True, slots=True)
class Upper:
    """An upper plan, or some parts of it (P1, P4)."""

    parsed: Parsed
    parts: tuple[str, ...] = ()


def check(uppers: Sequence[Upper], draft: Parsed, encoder: Encoder | None) -> Coverage:
    """The report of a draft against its upper plans, one row per upper task in their order."""
    declared = declared_in(draft.document.text)
    told = sentences(draft, declared=declared)
    reports = [_against(upper, draft, told, declared, encoder) for upper in uppers]
    rows = nearer_rules(
        [(u.parsed.document, rows) for u, (rows, _, _) in zip(uppers, reports, strict=True)]
    )
    wanted = [one for _, some, _ in reports for one in some]
    best = [max(values) for values in zip(*(a.best for _, _, a in reports), strict=True)]
    return Coverage(
        upper=tuple(_name(upper) for upper in uppers),
        draft=draft.document.title,
        rows=rows,
        extra=extras(best, reports[0][2].texts.draft, draft, ALIKE, rows) if reports else (),
        **summary_of(rows, wanted, told, left_open(draft)),
    )


def _against(
    upper: Upper,
    draft: Parsed,
    told: Sequence[Sentence],
    declared: Declared,
    encoder: Encoder | None,
) -> tuple[list[Row], tuple[Requirement, ...], Alignment]:
    """One plan's rows. Plans are aligned apart, so that two levels do not take each other's."""
    wanted = requirements(upper.parsed, upper.parts)
    alignment = align(wanted, told, encoder)
    stated = stated_targets(alignment.texts.draft)
    spoken = _Draft(
        draft,
        alignment.texts.draft,
        stated,
        Closeness.of([r.task.targets for r in wanted], stated, alignment.texts.rarity),
        Names.of(declared, told),
        standing(draft),
    )
    by_level = names_lower_level(wanted)
    rows = [_row(wanted, i, alignment, spoken, by_level, encoder) for i in range(len(wanted))]
    return rows, wanted, alignment


def _name(upper: Upper) -> str:
    return (
        "、".join([f"{upper.parsed.document.id}/{p}" for p in upper.parts])
        or upper.parsed.document.id
    )


def _row(
    wanted: Sequence[Requirement],
    index: int,
    alignment: Alignment,
    draft: _Draft,
    by_level: bool,
    encoder: Encoder | None,
) -> Row:
    requirement = wanted[index]
    answers = alignment.answers[index]
    excuse = excused(requirement, draft.county, by_level)
    likeness = alignment.likeness[index]
    if excuse and answers and max(likeness[j] for j in answers) < _SURE:
        answers = ()
    if answers and disowned(draft.sentences[max(answers, key=lambda j: likeness[j])].text):
        answers, excuse = (), "草案写明由上级承担，本县不另行落实，请核对上级是否同意"
    if not answers:
        label: Label = "not_applicable" if excuse else "missing"
        return _built(requirement, label, (), (), draft, excuse)
    reading = read_parts(requirement, index, alignment, encoder)
    findings = _findings(wanted, index, alignment, draft, reading)
    label = "partial" if reading.lost else "covered"
    return _built(requirement, label, (*answers, *reading.elsewhere), findings, draft, None)


def _built(
    requirement: Requirement,
    label: Label,
    answers: Sequence[int],
    findings: Sequence[Finding],
    draft: _Draft,
    excuse: str | None,
) -> Row:
    text = requirement.document.text
    told = [s for s in requirement.sentences]
    return Row(
        clause=requirement.task.clause_id,
        document_id=requirement.document.id,
        title=requirement.title,
        label=label,
        reason=reason_for(label, findings, excuse),
        upper_spans=tuple(s.span for s in told),
        upper_text="".join(s.span.of(text) for s in told),
        units=tuple(agency.name for agency in requirement.task.agencies),
        matches=passages([draft.sentences[j] for j in sorted(set(answers))], draft.parsed),
        findings=tuple(findings),
        asked=asked_of(requirement),
    )


def _findings(
    wanted: Sequence[Requirement],
    index: int,
    alignment: Alignment,
    draft: _Draft,
    reading: Reading,
) -> tuple[Finding, ...]:
    requirement, answers = wanted[index], alignment.answers[index]
    answering = [draft.sentences[j] for j in answers]
    found = _lost_findings(reading)
    near = _with_those_between(answers, draft.sentences)
    pairs_made = paired(
        requirement.task.targets, draft.stated, near, alignment.texts.rarity, draft.close
    )
    found += _target_findings(requirement, pairs_made, reading, answering, alignment, draft)
    found += _deadline_findings(requirement, index, pairs_made, alignment, draft)
    found += compare_params(
        requirement, answering, alignment.texts.rarity, [lost.span for lost in reading.lost]
    )
    others = _asked_elsewhere(wanted, index, alignment)
    text = draft.parsed.document.text
    found += compare_units(requirement, answering, text, others, draft.names, draft.lists_all)
    return _together(found)


def _together(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Two figures of one sentence that share a fault are one thing to repair: one finding."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        key = (finding.type, finding.sub, finding.upper_quote, finding.draft_quote)
        held = kept.get(key)
        if held is None or finding.severity == "notice":
            kept[key if held is None else (*key, len(kept))] = finding
        elif finding.note != held.note:
            kept[key] = replace(held, note=f"{held.note}；{finding.note}")
    return tuple(kept.values())


def _with_those_between(answers: Sequence[int], draft: Sequence[Sentence]) -> tuple[int, ...]:
    """A figure between two sentences that answer a task, in the same clause, answers it as well."""
    found = set(answers)
    for first, last in pairwise(sorted(answers)):
        if draft[first].clause_id == draft[last].clause_id:
            between = range(first, last)
            found |= {j for j in between if draft[j].clause_id == draft[first].clause_id}
    return tuple(sorted(found))


def _lost_findings(reading: Reading) -> list[Finding]:
    """One finding a task: it quotes what weighs most, and names all that is lost."""
    if not reading.lost:
        return []
    heaviest = max(reading.lost, key=lambda lost: lost.weight)
    named = "、".join(f"“{lost.quote}”" for lost in reading.lost)
    return [
        Finding(
            "subtask_dropped",
            "fault",
            heaviest.quote,
            None,
            f"{named}未写",
            upper_span=heaviest.span,
        )
    ]


def _target_findings(
    requirement: Requirement,
    made: dict[int, Stated],
    reading: Reading,
    answering: Sequence[Sentence],
    alignment: Alignment,
    draft: _Draft,
) -> list[Finding]:
    found: list[Finding] = []
    for i, target in enumerate(requirement.task.targets):
        around = next((s.text for s in requirement.sentences if s.span.contains(target.span)), "")
        if any(lost.span.contains(target.span) for lost in reading.lost):
            continue
        if is_size(target) or is_condition(target):
            continue
        if i not in made:
            taken = [one.target for one in made.values()]
            kept = (
                FIRMS.search(around)  # of the firms named, a county may have none
                or is_milestone(i, requirement.task.targets, made)
                or said_plainly(target, answering, taken, alignment.texts.rarity)
            )
            found += [] if kept else [dropped(target)]
            continue
        text = draft.parsed.document.text
        home = draft.sentences[made[i].sentence].text
        found += compare(target, made[i].target, around, home, alignment.texts.rarity, text)
    return found


def _deadline_findings(
    requirement: Requirement,
    index: int,
    made: dict[int, Stated],
    alignment: Alignment,
    draft: _Draft,
) -> list[Finding]:
    """One fault of time per kind; a date with targets is looked for where the targets are."""
    texts, targets = alignment.texts, requirement.task.targets
    homes = {targets[i].span: one.target.span for i, one in made.items()}
    answering = [draft.sentences[j] for j in alignment.answers[index]]
    found: dict[str, Finding] = {}
    for sentence, own in zip(texts.upper, texts.owner, strict=True):
        if own != index:
            continue
        held = [t.span for t in targets if sentence.span.contains(t.span)]
        if (held and not any(span in homes for span in held)) or _is_slogan(sentence, held):
            continue
        stated = [
            draft.sentences[one.sentence] for i, one in made.items() if targets[i].span in held
        ]
        offered = list(dict.fromkeys([*answering, *stated]))
        for finding in compare_deadlines(sentence, offered, homes, texts.rarity):
            found.setdefault(finding.type, finding)
    return list(found.values())


def _is_slogan(sentence: Sentence, held: Sequence[Span]) -> bool:
    """到2018年，攻坚取得明显突破: nothing is done by then that could be late."""
    return not held and bool(RESULT.search(halved(sentence.text).rstrip("。；;")))


def _asked_elsewhere(
    wanted: Sequence[Requirement], index: int, alignment: Alignment
) -> frozenset[str]:
    """Functions that other tasks ask of the lists over the same passages."""
    draft = alignment.texts.draft
    mine = {draft[j].units for j in alignment.answers[index]} - {None}
    found: set[str] = set()
    for i, requirement in enumerate(wanted):
        theirs = {draft[j].units for j in alignment.answers[i]}
        if i != index and mine & theirs:
            for agency in asked(requirement):
                found |= kin(agency.name)
    return frozenset(found)
