"""An upper plan as the county's outline: each clause localised, with its units and reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.draft.choose import PILOT_ATTRIBUTE, left_out
from assistant.draft.counterparts import units_of
from assistant.draft.figures import with_several_years
from assistant.draft.localise import Localised, localised
from assistant.draft.setting import Setting
from assistant.draft.types import Missing, Omission, Placeholder, Units
from assistant.draft.voice import punctuated
from index.responsible import is_units_line, unit_lists
from index.types import Clause, Parsed, Target, Task

_LEFT_OUT = re.compile(r"[（(]略[)）]|(?:^|\n)略。?$")
UNTITLED = "【待定：请补上级文件标题】"
_SKIPPED = {"标题", "通知", "落款", "结语", "引言", "正文"}
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十百]+[、.．]|[(（][一二三四五六七八九十百\d]+[)）][、.]?|\d+[.．、](?!\d)|[①-⑳]|——|－－|--)\s*"
)


@dataclass(slots=True)
class Node:
    """One upper clause on its way into the plan, with all that the county says in its place."""

    id: str
    heading: str
    paragraphs: list[str]
    units: Units = field(default_factory=Units)
    placeholders: list[Placeholder] = field(default_factory=list)
    omitted: list[Omission] = field(default_factory=list)
    task: Task | None = None
    children: list[Node] = field(default_factory=list)
    sources: tuple[str, ...] = ()

    def walk(self) -> Iterable[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Upper:
    """One upper plan (a document, or one part of it) read for one county."""

    id: str
    title: str
    parsed: Parsed
    setting: Setting
    sections: tuple[Node, ...]
    left_out: tuple[Omission, ...]
    missing: tuple[Missing, ...]
    with_lead: bool

    @property
    def nodes(self) -> Iterable[Node]:
        for section in self.sections:
            yield from section.walk()

    def text_of(self, step: str) -> Clause | None:
        """The clause 引言 or 通知 of this plan, or of the document around it."""
        for prefix in (self.id, self.parsed.document.id):
            for clause in self.parsed.clauses:
                if clause.id == f"{prefix}/{step}":
                    return clause
        return None


def upper_of(parsed: Parsed, part: str, setting: Setting) -> Upper:
    """Reads the clauses of a document, or of the part with the id ``part``."""
    scope = [clause for clause in parsed.clauses if _in_scope(clause, part, parsed)]
    tasks = {task.clause_id: task for task in parsed.tasks}
    within = [tasks[c.id] for c in scope if c.id in tasks]
    listed = [task for task in within if task.agencies]
    with_lead = bool(listed) and all(any(a.role == "lead" for a in t.agencies) for t in listed)
    title = next((c.heading or "" for c in parsed.clauses if c.id == part), "") if part else ""
    name = _stands_for_a_title(title or parsed.document.title)
    setting = replace(
        setting,
        with_lead=with_lead,
        theme=name,
        several_years=with_several_years(target for task in within for target in task.targets),
    )
    reader = _Reader(tasks, setting, scope)
    sections = reader.sections(part)
    return Upper(
        part or parsed.document.id,
        name,
        parsed,
        setting,
        tuple(sections),
        tuple(reader.left_out),
        tuple(reader.missing),
        with_lead,
    )


def _stands_for_a_title(title: str) -> str:
    """A file that holds no title goes by its name; where that says nothing, the county must."""
    bare = re.sub(r"\.[A-Za-z]{2,4}$", "", title)
    return _clean_title(bare) if re.search(r"[一-鿿]{4}", bare) else UNTITLED


def _clean_title(title: str) -> str:
    title = punctuated(re.sub(r"^邮箱[:：]\S+?(?=[一-鿿])", "", title.strip()))
    if found := re.search(r"关于印发《(.+)》的通知$", title):
        return found.group(1)
    if found := re.search(r"(?:厅|委|政府|部|局)印发《(.+)》$", title):
        return found.group(1)
    if found := re.search(r"关于印发(.+?)的通知(?:（.*）)?$", title):
        return found.group(1)
    return title


def _in_scope(clause: Clause, part: str, parsed: Parsed) -> bool:
    if part and not (clause.id == part or clause.id.startswith(part + "/")):
        return False
    steps = clause.id.split("/")[1:]
    return not any(step.startswith("附件") for step in steps) and clause.kind != "part"


class _Reader:
    def __init__(
        self,
        tasks: dict[str, Task],
        setting: Setting,
        scope: Sequence[Clause],
    ) -> None:
        self.tasks, self.setting = tasks, setting
        self.scope = list(scope)
        self.children: dict[str | None, list[Clause]] = {}
        inside = {clause.id for clause in self.scope}
        for clause in self.scope:
            parent = clause.parent if clause.parent in inside else None
            self.children.setdefault(parent, []).append(clause)
        self.left_out: list[Omission] = []
        self.missing: list[Missing] = []

    def sections(self, part: str) -> list[Node]:
        every = self.children.get(None, [])
        roots = [c for c in every if c.number not in _SKIPPED]
        nodes = [node for clause in roots if (node := self._node(clause, ())) is not None]
        closing = next((c for c in every if c.number == "结语"), None)
        if closing and roots and self._is_bare(roots[-1]):
            # 三、保障措施 with nothing under it: the unnumbered words that follow are its own.
            words = self._node(replace(closing, id=roots[-1].id, heading=roots[-1].heading), ())
            if words is not None:
                words.sources = (roots[-1].id, closing.id)
                nodes[-1:] = [words]
        return nodes

    def _is_bare(self, clause: Clause) -> bool:
        return not self.children.get(clause.id) and not any(w for _, w in _lines(clause, ()))

    def _node(self, clause: Clause, targets: Sequence[Target]) -> Node | None:
        task = self.tasks.get(clause.id)
        own_targets = tuple(task.targets) if task else tuple(targets)
        if _LEFT_OUT.search(clause.text[:60]) and len(clause.text) < 40:
            self.missing.append(Missing(clause.id, "".join(punctuated(clause.text).split())))
            return None
        lines = list(_lines(clause, own_targets))
        whole = [words for c in self._branch(clause) for _, words in _lines(c, ())]
        children = self.children.get(clause.id, [])
        alone = not any(c.id in self.tasks for c in children)
        if alone or task:
            reason = left_out(
                task, whole if task or alone else [], clause.heading or "", self.setting
            )
            if reason:
                self.left_out.append(Omission(clause.id, reason))
                return None
        node = self._localised(clause, lines, own_targets)
        node.task = task
        if task and task.agencies:
            node.units = self._units(task, clause.id)
        node.children = [
            child for c in children if (child := self._node(c, own_targets)) is not None
        ]
        if node.heading and not (node.paragraphs or children or node.omitted):
            # A leaf whose only sentence was taken for its heading.
            node.paragraphs, node.heading = [node.heading + "。"], ""
        return self._kept(node, bool(lines or children))

    def _inside(self, clause_id: str) -> set[int]:
        """Where the units start that stand in brackets within a line, not at its end."""
        head = next(clause for clause in self.scope if clause.id == clause_id)
        return {
            agency.span.start
            for clause in self._branch(head)
            for span, words in zip(clause.spans, clause.text.split("\n"), strict=True)
            if not is_units_line(words)
            for listed in unit_lists(words, span.start)
            if listed.span.start - span.start < len(_blanked(words))
            for agency in listed.agencies
        }

    def _units(self, task: Task, clause_id: str) -> Units:
        """The closing bracket's units; those that a bracket within the text names stay there."""
        inside = self._inside(clause_id)
        closing = [agency for agency in task.agencies if agency.span.start not in inside]
        units = units_of(closing, self.setting, clause_id, self.setting.with_lead)
        if len(closing) == len(task.agencies):
            return units
        every = units_of(task.agencies, self.setting, clause_id, self.setting.with_lead)
        named = tuple(name for name in every.everyone if "【" not in name)
        return replace(units, within=named, asked=every.asked, dropped=every.dropped)

    def _branch(self, clause: Clause) -> list[Clause]:
        """The clause with those below it that are not tasks themselves."""
        below = [c for c in self.children.get(clause.id, []) if c.id not in self.tasks]
        return [clause, *(x for c in below for x in self._branch(c))]

    def _kept(self, node: Node, had_words: bool) -> Node | None:
        empty = not node.paragraphs and not node.children
        if empty and had_words and (node.omitted or not node.units.everyone):
            reasons = list(dict.fromkeys(o.reason for o in node.omitted))
            if node.omitted or not node.heading:
                self.left_out.append(
                    Omission(node.id, "；".join(reasons) or "条款没有可由本级承担的内容")
                )
            return None
        return node

    def _localised(
        self, clause: Clause, lines: Sequence[tuple[int, str]], targets: Sequence[Target]
    ) -> Node:
        heading = "" if _states_figures(clause, targets) else clause.heading or ""
        shown = localised(heading, 0, (), self.setting, clause.id).text if heading else ""
        node = Node(clause.id, shown.rstrip("。：:"), [], sources=(clause.id,))
        bare = [(at, words) for at, words in lines if words]
        for at, words in bare:
            if not self.setting.profile.standing:
                words = PILOT_ATTRIBUTE.sub("", words)
            out: Localised = localised(words, at, targets, self.setting, clause.id)
            node.omitted.extend(out.omitted)
            if out.text.strip("。；，"):
                node.paragraphs.append(out.text)
                node.placeholders.extend(out.placeholders)
        return node


def _lines(clause: Clause, targets: Sequence[Target]) -> Iterable[tuple[int, str]]:
    """The clause's words line by line, without number, heading and lists of units."""
    for i, (span, words) in enumerate(zip(clause.spans, clause.text.split("\n"), strict=True)):
        if is_units_line(words):
            continue
        at, bare = span.start, words
        bare = _blanked(bare)
        if i == 0 and clause.kind != "text":
            cut = _behind_heading(bare, clause, targets)
            at, bare = at + cut, bare[cut:]
        lead = len(bare) - len(bare.lstrip())
        yield at + lead, bare.strip()


def _blanked(words: str) -> str:
    """The line without the lists that close it."""
    for listed in reversed(unit_lists(words)):
        left, right = listed.span.start, listed.span.end
        opened = left and words[left - 1] in "(（【[〔"
        if opened and right < len(words) and words[right] in ")）】]〕":
            left, right = left - 1, right + 1
        if words[right:].strip("。；;. ") == "":
            words = words[:left].rstrip()
    return words


def _behind_heading(words: str, clause: Clause, targets: Sequence[Target]) -> int:
    own = re.match(rf"{re.escape(clause.number)}[.．、]\s*", words) if clause.number else None
    found = own or _NUMBER.match(words)
    cut = found.end() if found else 0
    if clause.kind == "article" and not found:
        cut = len(clause.number) if words.startswith(clause.number) else 0
    heading = "" if _states_figures(clause, targets) else clause.heading or ""
    if heading and words[cut:].startswith(heading):
        cut += len(heading)
        while cut < len(words) and words[cut] in "。：: ":
            cut += 1
    return cut


def _states_figures(clause: Clause, targets: Sequence[Target]) -> bool:
    """A heading that holds a target is a sentence of the clause, not its name."""
    if not clause.heading:
        return False
    start = clause.spans[0].start + clause.text.find(clause.heading)
    end = start + len(clause.heading)
    return any(t.span.start < end and start < t.span.end for t in targets) and bool(
        re.search(r"\d", clause.heading)
    )
