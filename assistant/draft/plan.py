"""A county plan from upper plans: title, opening, sections, numbers, the table of tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.draft.additions import with_county_tasks
from assistant.draft.gather import Section, sections_of, under_theme
from assistant.draft.lacking import gaps
from assistant.draft.letter import letter_of
from assistant.draft.merge import merged
from assistant.draft.names import as_opinion, opening_of, theme_of, title_of
from assistant.draft.numbering import number
from assistant.draft.profile import Profile
from assistant.draft.roles import role_by
from assistant.draft.setting import setting_of
from assistant.draft.skeleton import filled, frame
from assistant.draft.source import UNTITLED, Node, Upper, upper_of
from assistant.draft.table import rows_of
from assistant.draft.types import Draft, DraftClause, Omission, Placeholder
from index.errors import NotFound
from index.types import Document, Parsed


def draft(
    uppers: Sequence[tuple[Parsed, str]],
    profile: Profile,
    prompts: Path | None = None,
    held: Iterable[Document] = (),
) -> Draft:
    """The plan for ``(document, part id or "")`` pairs; every paragraph names its clauses.

    What the upper plans cite and ``held`` (the library's documents) does not hold is missing.
    """
    read = [
        upper_of(parsed, part, setting_of(parsed.document, profile))
        for parsed, chosen in uppers
        for part in _parts(parsed, chosen)
    ]
    if not read:
        raise NotFound("没有可供起草的上级文件；请用 --upper 指定")
    outline = frame(prompts)
    sections = _joined(read, outline)
    sections = _completed(sections, read, prompts)
    with_county_tasks(sections, profile)
    clauses = _told_apart(_numbered([s for s in sections if not s.is_empty]))
    opening = opening_of(read)
    made = _assembled(read, profile, opening, clauses, prompts)
    made = replace(made, missing=tuple(gaps(read, held)))
    return as_opinion(made) if profile.title_form == "实施意见" else made


def _parts(parsed: Parsed, chosen: str) -> list[str]:
    """The part asked for; without one, every plan of a file of several."""
    plans = [p for p in parsed.document.parts if re.fullmatch(r"P\d+", p.rsplit("/", 1)[-1])]
    if chosen and chosen != parsed.document.id:
        if chosen not in plans:
            known = "、".join(plans) or "无"
            raise NotFound(f"{parsed.document.id} 没有部分 {chosen}；有：{known}")
        return [chosen]
    return plans or [""]


def _joined(read: Sequence[Upper], outline: Sequence[tuple[str, str]]) -> list[Section]:
    if len(read) == 1:
        return sections_of(read[0], outline)
    if together := merged(read, outline):
        return together
    return under_theme([(theme_of(upper), sections_of(upper, outline)) for upper in read])


def _completed(
    sections: list[Section], read: Sequence[Upper], prompts: Path | None
) -> list[Section]:
    """Sections that the upper plan lacks, from the skeletons: nothing in them is a fact."""
    first = read[0]
    ids = [m.clause_id for upper in read for m in upper.missing] or [_any_id(first)]
    for section in sections:
        if section.role == "general" and section.is_empty:
            _general(section, read, ids, prompts)
    _ask_for_the_missing(sections, read)
    for section in sections:
        if section.role == "goal" and section.is_empty:
            _goal(section, sections, first, prompts)
    for section in sections:
        if section.role == "organise":
            _organise(section, sections, first, prompts)
    return sections


def _any_id(upper: Upper) -> str:
    return next((node.id for node in upper.nodes), upper.id)


def _general(
    section: Section, read: Sequence[Upper], ids: Sequence[str], prompts: Path | None
) -> None:
    known = [f"《{upper.title}》" for upper in read if upper.title != UNTITLED]
    titles = "".join(known) if len(known) == len(read) else "上级"
    setting = read[0].setting
    own = "、".join(setting.profile.industries)
    industries = f"聚焦{own}等主导产业，" if own else ""
    section.paragraphs.append(
        filled("plan-general", prompts, upper=titles, ours=setting.ours, industries=industries)
    )
    section.sources.extend(ids)


def _ask_for_the_missing(sections: Sequence[Section], read: Sequence[Upper]) -> None:
    """What an upper plan leaves out (略) is asked for where it would stand."""
    for gap in (gap for upper in read for gap in upper.missing):
        hole = f"【待定：上级文件“{_bare(gap.what)}”从略，请对照原文补写】"
        role = role_by(gap.what)
        home = next((s for s in sections if s.role == role), sections[0])
        home.paragraphs.append(hole)
        home.sources.append(gap.clause_id)
        home.placeholders.append(Placeholder(f"{gap.clause_id}#略", hole, gap.clause_id, "text"))


def _bare(what: str) -> str:
    return re.sub(r"[（(]略[)）]|略。?$", "", what).rstrip("。：")


def _goal(
    section: Section, sections: Sequence[Section], upper: Upper, prompts: Path | None
) -> None:
    """No goals of its own: the rates that bind everyone, and where the rest stands."""
    carried: dict[str, str] = {}
    for other in sections:
        for node in other.nodes:
            for inner in node.walk():
                for sentence in _rates(inner):
                    carried.setdefault(sentence, inner.id)
    tasks = next((s.heading for s in sections if s.role == "task"), "重点任务")
    rest = "其他各项" if carried else "各项"
    text = filled("plan-goal", prompts, carried="".join(carried), rest=rest, tasks=tasks)
    section.paragraphs.append(text)
    section.sources.extend(dict.fromkeys(carried.values()) or [_any_id(upper)])


def _rates(node: Node) -> Iterable[str]:
    """Sentences of a task that state a rate or ratio and hold no figure still to be filled."""
    if node.task is None or not any(t.unit in {"%", "个百分点", "‰"} for t in node.task.targets):
        return
    for paragraph in node.paragraphs:
        for sentence in re.findall(r"[^。]+。", paragraph):
            if (
                "%" in sentence
                and "【" not in sentence
                and re.search(r"20\d\d年|每年|年均", sentence)
            ):
                yield sentence


def _organise(
    section: Section, sections: Sequence[Section], upper: Upper, prompts: Path | None
) -> None:
    nodes = [n for s in sections for top in s.nodes for n in top.walk()]
    asked = list(dict.fromkeys(name for n in nodes for name in n.units.asked))
    wish = ""
    if asked:
        some = "、".join(asked[:4]) + ("等" if len(asked) > 4 else "")
        wish = (
            f"需{some}等单位配合的事项，由{'牵头单位' if upper.with_lead else '责任单位'}商请办理。"
        )
        wish = wish.replace("等等", "等")
    leads = "牵头单位要主动协调，配合单位要按职责分工协同推进，" if upper.with_lead else ""
    text = filled("plan-organise", prompts, leads=leads, asked=wish)
    node = Node("draft/责任落实", "落实工作责任" if section.nodes else "", [text])
    node.sources = tuple(section.sources) or (_any_id(upper),)
    if any(n.heading == node.heading for n in section.nodes):
        node.heading = "抓好任务分解"
    if section.nodes:
        section.nodes.append(node)
    else:
        section.paragraphs.append(text)
        section.sources = section.sources or [_any_id(upper)]


def _numbered(sections: Sequence[Section]) -> Iterable[DraftClause]:
    for i, section in enumerate(sections, start=1):
        own = f"draft/{section.role}{i}"
        yield DraftClause(
            section.sources[0] + "#节" if section.sources else own,
            1,
            number(1, i),
            section.heading,
            tuple(section.paragraphs),
            tuple(dict.fromkeys(section.sources)),
            tuple(section.placeholders),
            origin="upper" if section.sources else "skeleton",
        )
        for n, node in enumerate(section.nodes, start=1):
            yield from _clause(node, 2, n)


def _told_apart(clauses: Iterable[DraftClause]) -> tuple[DraftClause, ...]:
    """Each id once: two sections that stand on one upper clause are …#节 and …#节~2."""
    times: Counter[str] = Counter()
    out: list[DraftClause] = []
    for clause in clauses:
        times[clause.id] += 1
        n = times[clause.id]
        out.append(clause if n == 1 else replace(clause, id=f"{clause.id}~{n}"))
    return tuple(out)


def _clause(node: Node, level: int, n: int) -> Iterable[DraftClause]:
    depth = min(level, 5)
    yield DraftClause(
        node.id,
        depth,
        number(depth, n),
        node.heading,
        tuple(node.paragraphs),
        node.sources,
        tuple(node.placeholders),
        node.units,
        "county" if node.id.startswith("县拟定/") else "upper",
    )
    for i, child in enumerate(node.children, start=1):
        yield from _clause(child, level + 1, i)


def _assembled(
    read: Sequence[Upper],
    profile: Profile,
    opening: DraftClause,
    clauses: tuple[DraftClause, ...],
    prompts: Path | None,
) -> Draft:
    title = title_of(read)
    nodes = {node.id: node for upper in read for node in upper.nodes}
    omitted = [o for node in nodes.values() for o in (*node.omitted, *node.units.dropped)]
    left = [o for upper in read for o in upper.left_out]
    left += _annexes(read)
    out = {o.clause_id for o in left} | {m.clause_id for upper in read for m in upper.missing}
    return Draft(
        title,
        profile.name,
        opening,
        clauses,
        rows_of(clauses, nodes, read),
        tuple(left),
        tuple(o for o in omitted if o.clause_id not in out),
        (),
        tuple(_unplaced(read, clauses, out)),
        tuple(
            asked
            for clause in clauses
            for asked in (*clause.placeholders, *clause.units.placeholders)
            if asked.asks == "choice"
        ),
        letter=letter_of(title, profile, read, prompts),
        quotes=_quotes(read, clauses),
    )


def _unplaced(
    read: Sequence[Upper], clauses: Sequence[DraftClause], out: Collection[str]
) -> Iterable[str]:
    """Tasks that neither stand in the plan nor are left out with a reason."""
    placed = {source for clause in clauses for source in clause.sources}
    for upper in read:
        for task in upper.parsed.tasks:
            at = task.clause_id
            if at in placed or not at.startswith(upper.id + "/") or _in_annex(at):
                continue
            if not any(at == o or at.startswith(o + "/") for o in out):
                yield at


def _in_annex(clause_id: str) -> bool:
    return "/附件" in clause_id


def _annexes(read: Sequence[Upper]) -> list[Omission]:
    """Annexes that ask for something: they go with the upper plan, the county follows them."""
    asking = [
        re.split(r"(?<=/附件)(\d*)", task.clause_id)[:2]
        for upper in read
        for task in upper.parsed.tasks
        if _in_annex(task.clause_id) and task.clause_id.startswith(upper.id + "/")
    ]
    ids = dict.fromkeys("".join(parts) for parts in asking)
    return [Omission(at, "上级文件的附件，不写入正文；请对照附件落实") for at in ids]


def _quotes(read: Sequence[Upper], clauses: Sequence[DraftClause]) -> tuple[tuple[str, str], ...]:
    wanted = {source for clause in clauses for source in clause.sources}
    texts = {c.id: c.text for upper in read for c in upper.parsed.clauses}
    return tuple((at, texts[at]) for at in sorted(wanted) if at in texts)
