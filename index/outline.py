"""From lines to clauses: addresses, headings, and the spans of every clause's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.layout import Body, bodies
from index.lines import Line, lines_of
from index.numbering import ARTICLE, BULLET, CHAPTER, SECTION_OF_LAW, THIRD, Mark
from index.responsible import ends_with_units, is_units_line
from index.types import Clause, ClauseKind, Source, Span

_CLOSING = re.compile(
    r"^(?:本(?:实施|行动|工作)?(?:方案|计划|意见|办法|通知|措施|细则|规定|规划|行动方案|行动计划|政策|条例)"
    r"|特此|以上|上述|此前|附件|附注|注[:：]|各(?:地|县|市|区|镇|乡|级|部门|单位|有关).{0,30}(?:要|应|请|可))"
)
_SIGNATORY = re.compile(
    r"^[^。，；：,;:]{4,40}(?:政府|办公室|办公厅|委员会|委|厅|局|部|院|会|小组|中心|署|行|公司)$"
)
_LONGEST_HEADING = 40
_LONGEST_LEAD = 32


@dataclass(slots=True)
class _Node:
    id: str
    kind: ClauseKind
    number: str
    level: int
    parent: _Node | None
    lines: list[Line] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)
    label: str = ""
    heading: str | None = None

    @property
    def has_units(self) -> bool:
        return any(
            is_units_line(line.text) or ends_with_units(line.text) for line in self.lines
        ) or any(child.has_units for child in self.children)


@dataclass(frozen=True, slots=True)
class Outline:
    clauses: tuple[Clause, ...]
    bodies: tuple[Body, ...]


def outline(source: Source, document_id: str) -> Outline:
    """The clauses of a source, outermost first, in reading order. Addresses never repeat."""
    texts = bodies(lines_of(source))
    builder = _Builder(document_id)
    for body in texts:
        builder.add(body)
    return Outline(tuple(builder.clauses(source.text)), texts)


class _Builder:
    """Grows the tree of one document; the used addresses are its only state."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id
        self.roots: list[_Node] = []
        self.used: dict[str, int] = {}

    def add(self, body: Body) -> None:
        root = self._root(body)
        prefix = f"{self.document_id}/{body.step}" if body.step else self.document_id
        lines, signed = _signature(body.lines)
        if body.is_notice or not any(line.mark for line in lines):
            self._unnumbered(body, prefix, root, lines)
        else:
            self._numbered(prefix, root, lines)
        if signed:
            self._text_node(prefix, "落款", root, signed)

    def _root(self, body: Body) -> _Node | None:
        numbers = [line for line in body.lines if line.is_doc_no and line.mark is None]
        if body.step:
            node = self._new(f"{self.document_id}/{body.step}", "part", body.step, 0, None)
            node.lines = [*(line for line in body.lines[:1] if line.annex), *body.title]
            node.label = "".join(line.text for line in body.title)
            node.heading = node.label or None
            return node
        if body.title or numbers:
            self._text_node(self.document_id, "标题", None, [*body.title, *numbers])
        return None

    def _new(
        self, address: str, kind: ClauseKind, number: str, level: int, parent: _Node | None
    ) -> _Node:
        unique, n = address, self.used.get(address, 0)
        while unique in self.used:
            n += 1
            unique = f"{address}~{n}"
        self.used[address], self.used[unique] = max(n, 1), 1
        node = _Node(unique, kind, number, level, parent)
        (parent.children if parent else self.roots).append(node)
        return node

    def _text_node(
        self, prefix: str, name: str, parent: _Node | None, lines: Sequence[Line]
    ) -> _Node:
        existing = next(
            (r for r in self.roots if r.id == f"{prefix}/{name}" == f"{prefix}/标题"), None
        )
        node = existing or self._new(f"{prefix}/{name}", "text", name, 0, parent)
        node.lines.extend(lines)
        return node

    def _unnumbered(
        self, body: Body, prefix: str, root: _Node | None, lines: Sequence[Line]
    ) -> None:
        words = [
            line for line in lines if not line.annex and not (line.is_doc_no and line.mark is None)
        ]
        if not words:
            return
        addressed = body.is_notice or any(line.is_salutation for line in words)
        text = self._text_node(prefix, "通知" if addressed else "正文", root, [])
        text.lines = [line for line in words if not line.table]
        self._rows(text, [line for line in words if line.table])
        if not text.lines:
            text.lines = words[:1]

    def _numbered(self, prefix: str, root: _Node | None, lines: Sequence[Line]) -> None:
        first = next(i for i, line in enumerate(lines) if line.mark)
        last = max(i for i, line in enumerate(lines) if line.mark)
        preface = [line for line in lines[:first] if not (line.is_doc_no or line.annex)]
        if preface:
            self._text_node(prefix, "引言", root, preface)
        current: _Node | None = root
        closing: list[Line] = []
        for i, line in enumerate(lines[first:], start=first):
            if line.mark:
                current = self._open(prefix, root, current, line)
            elif closing or (i > last and current and _closes(current, line)):
                closing.append(line)
            elif current is not None:
                self._append(current, line)
        if closing:
            self._text_node(prefix, "结语", root, closing)

    def _open(self, prefix: str, root: _Node | None, current: _Node | None, line: Line) -> _Node:
        mark = line.mark
        assert mark is not None
        parent = current
        while parent is not None and parent is not root and parent.level >= mark.level:
            parent = parent.parent
        base = parent.id if parent and _is_in_address(parent, mark) else prefix
        step = mark.step
        if mark.is_bullet:
            siblings = parent.children if parent else self.roots
            step = f"—{1 + sum(child.level == BULLET for child in siblings)}"
        node = self._new(f"{base}/{step}", _kind(mark), step, mark.level, parent)
        node.lines.append(line)
        node.heading = _heading(line)
        node.label = line.text[: mark.length] + (node.heading or "") if node.heading else step
        return node

    def _append(self, current: _Node, line: Line) -> None:
        if line.table:
            self._rows(current, [line])
        elif is_units_line(line.text):
            _owner_of_units(current).lines.append(line)
        else:
            current.lines.append(line)

    def _rows(self, parent: _Node, lines: Iterable[Line]) -> None:
        for line in lines:
            assert line.table is not None
            t = next((c for c in parent.children if c.number == f"表{line.table[0]}"), None)
            if t is None:
                n = 1 + sum(
                    c.kind == "section" and c.number.startswith("表") for c in parent.children
                )
                t = self._new(f"{parent.id}/T{n}", "section", f"表{line.table[0]}", 99, parent)
                t.lines, t.label = [line], "表：" + line.text.replace("\t", "｜")[:80]
                continue
            row = self._new(
                f"{t.id}/R{len(t.children) + 1}", "row", f"R{len(t.children) + 1}", 100, t
            )
            row.lines = [line]

    def clauses(self, text: str) -> Iterable[Clause]:
        for root in self.roots:
            yield from self._walk(root, text, ())

    def _walk(self, node: _Node, text: str, path: tuple[str, ...]) -> Iterable[Clause]:
        spans = tuple(sorted(line.span for line in node.lines)) or _first_span(node)
        own = (*path, node.label) if node.label else path
        parent = node.parent.id if node.parent else None
        words = "\n".join(span.of(text) for span in spans)
        yield Clause(
            node.id,
            self.document_id,
            parent,
            node.kind,
            node.number,
            node.heading,
            own,
            spans,
            words,
        )
        for child in node.children:
            yield from self._walk(child, text, own)


def _first_span(node: _Node) -> tuple[Span, ...]:
    """A text without a title of its own is shown by the first words in it."""
    return _first_span(node.children[0]) if not node.lines else (node.lines[0].span,)


def _signature(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Splits off 署名, 成文日期, 附注 and 版记 (GB/T 9704-2012, 7.3.5, 7.3.6 and 7.4)."""
    kept: list[Line] = []
    signed: list[Line] = []
    for line in lines:
        if line.mark or line.table:
            kept.append(line)
        elif line.is_date or line.is_public_note or line.is_printed or line.is_contact:
            while line.is_date and kept and _signs(kept[-1]):
                signed.append(kept.pop())
            signed.append(line)
        else:
            kept.append(line)
    return kept, sorted(signed, key=lambda line: line.span)


def _signs(line: Line) -> bool:
    return line.mark is None and not line.table and bool(_SIGNATORY.match(line.text))


def _closes(current: _Node, line: Line) -> bool:
    if line.table or is_units_line(line.text):
        return False
    return bool(_CLOSING.match(line.text)) or ends_with_units(current.lines[-1].text)


def _is_in_address(parent: _Node, mark: Mark) -> bool:
    """Regulations are addressed by article alone: chapters and sections are left out."""
    return not (mark.level == ARTICLE and parent.level in {CHAPTER, SECTION_OF_LAW})


def _kind(mark: Mark) -> ClauseKind:
    if mark.is_bullet:
        return "bullet"
    if mark.level == ARTICLE:
        return "article"
    return "section" if mark.level < THIRD else "item"


def _owner_of_units(node: _Node) -> _Node:
    """A list after 1. 2. 3. belongs to the clause above when none of them has its own."""
    while node.parent is not None and node.level >= THIRD:
        siblings = [child for child in node.parent.children if child is not node]
        if not siblings or any(sibling.has_units for sibling in siblings) or node.has_units:
            return node
        node = node.parent
    return node


def _heading(line: Line) -> str | None:
    """The heading behind a number: the whole line, or a short first sentence with a body after."""
    mark = line.mark
    assert mark is not None
    words = line.text[mark.length :].strip()
    if mark.level == ARTICLE:
        return None
    lead, stop, body = words.partition("。")
    if not stop and ("：" in words or ":" in words) and mark.level >= THIRD:
        lead, stop, body = re.split(r"[:：]", words, maxsplit=1)[0], "：", "x"
    if not stop:
        return words if 0 < len(words) <= _LONGEST_HEADING and words[-1] not in "；;，," else None
    bare = not body or body[0] in "(（"
    if len(lead) > _LONGEST_LEAD or (bare and mark.level >= THIRD):
        return None
    return lead or None
