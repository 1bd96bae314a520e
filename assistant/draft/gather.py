"""The upper sections, sorted into the sections of the county plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.draft.roles import is_goal, role_of
from assistant.draft.source import Node, Upper
from assistant.draft.types import Placeholder

_GOAL_SENTENCE = re.compile(
    r"^(?:力争)?(?:到|截至)?20\d\d年(?:底|末)?(?:前)?，|^“十[二三四五]五”期间"
)


_GENERIC = re.compile(
    r"(?:重点|主要|工作|攻坚|具体|实施)*(?:任务|举措|内容|重点|工作|措施)(?:和.*)?"
)


@dataclass(slots=True)
class Section:
    """One 一级 section on its way: paragraphs in front, then the nodes below it."""

    role: str
    heading: str
    paragraphs: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.paragraphs and not self.nodes


def sections_of(upper: Upper, frame: Sequence[tuple[str, str]]) -> list[Section]:
    """The frame's sections with what the upper plan gives for each."""
    found = {role: Section(role, heading) for role, heading in frame}
    fallback = "task" if "task" in found else frame[0][0]
    several = sum(role_of(node) == "task" for node in upper.sections) > 1
    for node in upper.sections:
        role = role_of(node)
        if role == "measure" and "组织" in node.heading and not found[role].is_empty:
            role = "organise"
        target = found.get(role, found[fallback])
        if role == "task" and several and not _GENERIC.fullmatch(node.heading):
            target.sources.append(node.id)
            target.nodes.append(node)
            continue
        _take(node, target, found.get("goal"))
    return [found[role] for role, _ in frame]


def _take(node: Node, section: Section, goals: Section | None) -> None:
    section.sources.append(node.id)
    if section.role == "general":
        _take_general(node, section, goals)
        return
    if section.role == "goal":
        _take_goal(node, section)
        return
    if node.units.everyone or not node.children:
        section.nodes.append(node)
        return
    section.paragraphs.extend(node.paragraphs)
    section.placeholders.extend(node.placeholders)
    section.nodes.extend(node.children)


def _take_general(node: Node, section: Section, goals: Section | None) -> None:
    for child in node.children:
        if goals is not None and is_goal(child):
            _take_goal(child, goals)
        else:
            section.nodes.append(child)
    for paragraph in node.paragraphs:
        aims, rest = _split_goals(paragraph) if goals is not None else ("", paragraph)
        if rest:
            section.paragraphs.append(rest)
        if aims and goals is not None:
            goals.paragraphs.append(aims)
            goals.sources.append(node.id)
    for asked in node.placeholders:
        holder = goals if goals and any(asked.text in p for p in goals.paragraphs) else section
        holder.placeholders.append(asked)
    _lift_namesake(section)


def _lift_namesake(section: Section) -> None:
    """一、总体要求 › (一)总体要求 says one name twice; a single child needs no number."""
    first = section.nodes[0] if section.nodes else None
    if first is None or section.paragraphs:
        return
    if len(section.nodes) == 1 or (first.heading == section.heading and not first.children):
        section.nodes.pop(0)
        section.paragraphs.extend(first.paragraphs)
        section.placeholders.extend(first.placeholders)
        section.sources.append(first.id)
        section.nodes[:0] = first.children
    if len(section.nodes) == 1 and section.nodes[0].children:
        only = section.nodes.pop()
        section.heading += f"和{only.heading}" if only.heading else ""
        section.paragraphs.extend(only.paragraphs)
        section.sources.append(only.id)
        section.nodes.extend(only.children)


def _take_goal(node: Node, section: Section) -> None:
    section.sources.append(node.id)
    section.paragraphs.extend(node.paragraphs)
    section.placeholders.extend(node.placeholders)
    section.nodes.extend(node.children)


def _split_goals(paragraph: str) -> tuple[str, str]:
    """Sentences that open with the year to be reached, and all others."""
    sentences = re.findall(r"[^。]+。?", paragraph)
    start = next((i for i, s in enumerate(sentences) if _GOAL_SENTENCE.match(s)), None)
    if start is None:
        return "", paragraph
    return "".join(sentences[start:]), "".join(sentences[:start])


def under_theme(plans: Sequence[tuple[str, list[Section]]]) -> list[Section]:
    """Several plans in one: below each section one (一) for each plan, named by its theme."""
    merged: dict[tuple[str, str], Section] = {}
    for theme, sections in plans:
        for section in sections:
            key = (section.role, "" if section.role != "task" else section.heading)
            whole = merged.setdefault(key, Section(section.role, section.heading))
            if not section.is_empty:
                whole.sources.extend(section.sources)
                whole.nodes.append(_themed(theme, section))
    order = [section.role for _, sections in plans[:1] for section in sections]
    return sorted(merged.values(), key=lambda section: order.index(section.role))


def _themed(theme: str, section: Section) -> Node:
    first = section.sources[0] if section.sources else section.nodes[0].id
    return Node(
        f"{first}#{section.role}",
        theme,
        list(section.paragraphs),
        placeholders=list(section.placeholders),
        children=list(section.nodes),
        sources=tuple(section.sources),
    )
