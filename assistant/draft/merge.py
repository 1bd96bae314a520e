"""Plans of several levels on one subject, merged task by task: the nearer level's outline, what
the other adds, and a question wherever the two demand different things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.draft.figures import binds_everyone
from assistant.draft.gather import Section, sections_of
from assistant.draft.names import theme_of
from assistant.draft.source import Node, Upper
from assistant.draft.types import Placeholder, Units
from index.types import Target

_NEARER = {"市": 0, "省": 1, "国": 2}
_ONE_SUBJECT = 55.0
_ONE_TASK = 58.0
_SAID = 62.0
_ONE_METRIC = 80.0


def merged(read: Sequence[Upper], outline: Sequence[tuple[str, str]]) -> list[Section]:
    """The merged sections, or nothing where the plans are on different subjects."""
    if not _one_subject(read):
        return []
    ordered = sorted(read, key=lambda upper: _NEARER.get(upper.setting.upper, 3))
    base = ordered[0]
    sections = sections_of(base, outline)
    for upper in ordered[1:]:
        for section in sections_of(upper, outline):
            _into(sections, section, upper, base)
    return sections


def _one_subject(read: Sequence[Upper]) -> bool:
    if len({upper.setting.upper for upper in read}) < len(read):
        return False
    first = theme_of(read[0])
    return all(fuzz.ratio(first, theme_of(other)) >= _ONE_SUBJECT for other in read[1:])


def _into(sections: Sequence[Section], section: Section, upper: Upper, base: Upper) -> None:
    home = next((s for s in sections if s.role == section.role), sections[0])
    if home.is_empty:
        home.paragraphs = list(section.paragraphs)
        home.placeholders = list(section.placeholders)
    elif section.role == "goal":
        home.paragraphs += _unsaid(section.paragraphs, [home])
        home.placeholders += _standing(section.placeholders, home.paragraphs)
    if section.role == "goal":
        _weaker_goals(home, upper, base)
    home.sources.extend(section.sources)
    for node in section.nodes:
        _place(node, home, sections, upper, base)


def _place(
    node: Node, home: Section, sections: Sequence[Section], upper: Upper, base: Upper
) -> None:
    """A branch goes leaf by leaf to its counterparts; what has none keeps its own heading."""
    left: list[Node] = []
    for leaf in _leaves(node):
        twin = _twin(leaf, home.nodes) or _twin(leaf, [n for s in sections for n in s.nodes])
        if twin is None:
            left.append(leaf)
        else:
            _join(twin, leaf, upper, base)
    if not left:
        return
    known = any(fuzz.ratio(node.heading, other.heading) >= 85 for other in home.nodes)
    if known or (len(left) == 1 and left[0] is node):
        home.nodes.extend(left)
    else:
        home.nodes.append(replace(node, children=left, placeholders=list(node.placeholders)))


def _leaves(node: Node) -> Iterable[Node]:
    if not node.children or node.units.everyone:
        yield node
        return
    for child in node.children:
        yield from _leaves(child)


def _twin(leaf: Node, nodes: Sequence[Node]) -> Node | None:
    every = [inner for node in nodes for inner in node.walk() if inner.paragraphs]
    best = max(every, key=lambda node: _likeness(leaf, node), default=None)
    return best if best is not None and _likeness(leaf, best) >= _ONE_TASK else None


def _likeness(one: Node, other: Node) -> float:
    """By heading where both have one, by words otherwise."""
    texts = float(fuzz.token_set_ratio(_pairs(one), _pairs(other)))
    if one.heading and other.heading:
        return max(float(fuzz.ratio(one.heading, other.heading)), texts * 0.9)
    return texts


def _pairs(node: Node) -> str:
    """Two-character pieces, so that word order and filler count little."""
    words = re.sub(r"【[^】]*】|[^一-鿿]", "", node.heading + "".join(node.paragraphs))
    return " ".join(words[i : i + 2] for i in range(len(words) - 1))


def _join(twin: Node, leaf: Node, upper: Upper, base: Upper) -> None:
    _ask_when(twin, leaf, upper, base)
    settled = list(_compared(twin, leaf, upper, base))
    added = _unsaid(leaf.paragraphs, [twin], settled)
    if added:
        twin.paragraphs[-1:] = [twin.paragraphs[-1] + "".join(added)]
        twin.placeholders += _standing(leaf.placeholders, added)
    twin.sources = (*twin.sources, *leaf.sources)
    twin.omitted += leaf.omitted
    twin.units = _both(twin, leaf, upper, base)
    for child in leaf.children:
        twin.children.append(child)


def _both(twin: Node, leaf: Node, upper: Upper, base: Upper) -> Units:
    """Everybody whom either level names; where they name different leads, a person decides."""
    one, other = twin.units, leaf.units
    names = {*one.everyone}
    more = tuple(
        name for name in (*other.leads, *other.others) if name not in names and "【" not in name
    )
    both = replace(one, others=(*one.others, *more), asked=(*one.asked, *other.asked))
    if not one.leads or not other.leads or "【" in one.leads[0] + other.leads[0]:
        return both
    if one.leads[0] == other.leads[0]:
        return both
    text = (
        f"【待定：{upper.setting.level_word}定由{other.leads[0]}牵头，"
        f"{base.setting.level_word}定由{one.leads[0]}牵头，请定】"
    )
    asked = Placeholder(f"{twin.id}#牵头", text, twin.id, "choice", "", one.leads[0])
    support = tuple(dict.fromkeys((*one.leads, *other.leads, *both.others)))
    return replace(both, leads=(text,), others=support, placeholders=(*both.placeholders, asked))


def _unsaid(
    paragraphs: Sequence[str], said: Sequence[Node | Section], settled: Sequence[Target] = ()
) -> list[str]:
    """Sentences that the nearer plan does not already have, and whose targets are not settled."""
    known = [s for one in said for p in one.paragraphs for s in _sentences(p)]
    numbers = {f"{target.value:g}{target.unit}" for target in settled}
    return [
        sentence
        for paragraph in paragraphs
        for sentence in _sentences(paragraph)
        if not any(number in sentence for number in numbers)
        and not any(fuzz.ratio(_bare(sentence), _bare(other)) >= _SAID for other in known)
    ]


def _sentences(paragraph: str) -> list[str]:
    return re.findall(r"[^。]+。?", paragraph)


def _bare(sentence: str) -> str:
    return re.sub(r"【[^】]*】", "", sentence)


def _standing(asked: Iterable[Placeholder], texts: Sequence[str]) -> list[Placeholder]:
    return [p for p in asked if any(p.text in text for text in texts)]


def _compared(twin: Node, leaf: Node, upper: Upper, base: Upper) -> Iterable[Target]:
    """Targets of the farther level that the nearer one has too; where they differ, a question."""
    for far in leaf.task.targets if leaf.task else ():
        near = next((t for t in (twin.task.targets if twin.task else ()) if _same(t, far)), None)
        if near is None:
            continue
        yield far
        if not binds_everyone(near):
            _ask_both(twin, near, far, upper, base)
        elif _weaker(near, far):
            _ask_which(twin, near, far, upper, base)


def _ask_when(twin: Node, leaf: Node, upper: Upper, base: Upper) -> None:
    """The nearer level gives more time for the same thing: a person decides by when."""
    for far in leaf.task.targets if leaf.task else ():
        for near in twin.task.targets if twin.task else ():
            late = bool(near.by and far.by) and (near.by or "")[:4] > (far.by or "")[:4]
            alike = near.unit == far.unit and fuzz.ratio(near.metric, far.metric) >= _ONE_METRIC
            if late and alike and not _weaker(far, near):
                _ask_year(twin, near, far, upper, base)


def _ask_year(twin: Node, near: Target, far: Target, upper: Upper, base: Upper) -> None:
    said = f"{(near.by or '')[:4]}年"
    text = (
        f"【待定：{upper.setting.level_word}要求{(far.by or '')[:4]}年，"
        f"{base.setting.level_word}要求{said}，请定】"
    )
    for i, paragraph in enumerate(twin.paragraphs):
        if said in paragraph:
            twin.paragraphs[i] = paragraph.replace(said, text, 1)
            twin.placeholders.append(
                Placeholder(f"{twin.id}#两级时限{i}", text, twin.id, "choice", near.metric, said)
            )
            return


def _weaker(near: Target, far: Target) -> bool:
    """The nearer level asks for less than the farther: a person decides which holds."""
    if far.op == "<=":
        return near.value > far.value
    return near.value < far.value


def _weaker_goals(home: Section, upper: Upper, base: Upper) -> None:
    goals = [t for task in base.parsed.tasks if task.kind == "goal" for t in task.targets]
    for task in upper.parsed.tasks:
        for far in task.targets if task.kind == "goal" else ():
            near = next((t for t in goals if _same(t, far)), None)
            if near and binds_everyone(near) and _weaker(near, far):
                _ask_which(home, near, far, upper, base)
                for node in home.nodes:
                    _ask_which(node, near, far, upper, base)


def _same(one: Target, other: Target) -> bool:
    return (
        one.unit == other.unit
        and (not one.by or not other.by or one.by[-4:] == other.by[-4:])
        and fuzz.ratio(one.metric, other.metric) >= _ONE_METRIC
    )


def _ask_which(twin: Node | Section, near: Target, far: Target, upper: Upper, base: Upper) -> None:
    at = twin.id if isinstance(twin, Node) else (twin.sources[0] if twin.sources else base.id)
    said = f"{near.value:g}{near.unit}"
    text = (
        f"【待定：{upper.setting.level_word}要求{far.value:g}{far.unit}，"
        f"{base.setting.level_word}要求{said}，请定】"
    )
    for i, paragraph in enumerate(twin.paragraphs):
        if said in paragraph:
            twin.paragraphs[i] = paragraph.replace(said, text, 1)
            twin.placeholders.append(
                Placeholder(f"{at}#两级{i}", text, at, "choice", near.metric, said)
            )
            return


def _ask_both(twin: Node, near: Target, far: Target, upper: Upper, base: Upper) -> None:
    """Two levels' totals in one question, so that the county divides with both in sight."""
    for i, asked in enumerate(twin.placeholders):
        if asked.metric != near.metric or f"{near.value:g}{near.unit}" not in asked.text:
            continue
        farther = f"{upper.setting.level_word}定目标{far.value:g}{far.unit}"
        more = f"（{base.setting.scope_word}）、{farther}"
        text = asked.text.replace(f"（{base.setting.scope_word}）", more, 1)
        text = text.replace("，请填", f"（{upper.setting.scope_word}），请填", 1)
        twin.placeholders[i] = replace(asked, text=text)
        twin.paragraphs[:] = [p.replace(asked.text, text, 1) for p in twin.paragraphs]
        return
