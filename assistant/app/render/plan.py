"""The plan as blocks on its pages: notice, plan, signature, in the order of the Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.app.render.pages import Align, Block, Piece, broken
from assistant.draft import Draft, DraftClause, Placeholder, Stage
from assistant.draft.filling import asked_in, said
from assistant.draft.word.lines import balanced

Fills = Mapping[str, str]
OPEN = re.compile(r"【待定[^】]*】")
BLANK = re.compile(r"(×+|20××年×月×日|　号)")
FACES = {1: "hei", 2: "kai", 3: "lead", 4: "lead"}
NO_DATE = "20××年×月×日"


def blocks_of(draft: Draft, plain: Draft, fills: Fills, stage: Stage) -> list[Block]:
    """``plain`` is the draft before anything was filled in: it knows where values went."""
    blocks = list(head(draft)) if stage == "签发稿" else []
    if draft.letter.attached:
        blocks += notice(draft)
    title = list(titled(draft.title))
    title[0] = Block(title[0].lines, "title", stays=True, breaks=draft.letter.attached)
    blocks += title
    if stage != "签发稿":
        blocks.append(one_line(f"（{stage}）", "center", "kai", stays=True))
    blocks.append(blank())
    if not draft.letter.attached:
        blocks.append(text(draft.letter.recipients, indent=0))
    before = (plain.opening, *plain.clauses)
    for at, (clause, empty) in enumerate(zip((draft.opening, *draft.clauses), before, strict=True)):
        blocks += numbered(clause, empty, fills, f"plan-{at}")
    if draft.rows:
        blocks += [blank(), one_line("　　附件：任务分解表", "flat")]
    if not draft.letter.attached:
        blocks += signature(draft)
    return blocks


def head(draft: Draft) -> Iterator[Block]:
    """发文机关标志, 发文字号 and the red line."""
    name = draft.letter.office.removesuffix("文件") + "文件"
    yield blank(2)
    yield Block(((Piece(name, "red"),),), "center", tall=2, stays=True)
    yield blank(2)
    yield Block((tuple(marked(draft.letter.doc_no)),), "rule", stays=True)
    yield blank(2)


def notice(draft: Draft) -> Iterator[Block]:
    letter = draft.letter
    yield from titled(letter.notice_title)
    yield blank()
    yield text(letter.recipients, indent=0)
    yield text(letter.notice)
    yield from signature(draft)


def signature(draft: Draft) -> Iterator[Block]:
    letter = draft.letter
    yield blank()
    date = letter.date or NO_DATE
    inward = max(4 - (len(letter.office) - len(date)) / 2, 2)  # centred over the date
    yield Block(((*marked(letter.office), Piece("　" * round(inward))),), "right", stays=True)
    yield Block(((*marked(date), Piece("　" * 4)),), "right")
    if letter.note:
        note = letter.note if letter.note[0] in "（(" else f"（{letter.note}）"
        yield text(note)


def titled(title: str) -> Iterator[Block]:
    for line in balanced(title):
        yield Block(((Piece(line),),), "title", stays=True)


def blank(count: int = 1) -> Block:
    return Block(((),) * count, "flat")


def one_line(words: str, align: Align, look: str = "", stays: bool = False) -> Block:
    return Block(((Piece(words, look),),), align, stays=stays)


def text(words: str, indent: float = 2) -> Block:
    return Block(broken(marked(words), indent), "body" if indent else "flat")


def marked(words: str) -> Iterator[Piece]:
    """What stands blank until somebody fills it in the form shows as such."""
    for piece in BLANK.split(words):
        if piece:
            yield Piece(piece, "hole" if BLANK.fullmatch(piece) else "")


def numbered(clause: DraftClause, plain: DraftClause, fills: Fills, anchor: str) -> Iterator[Block]:
    """As in the Word file: 一、 stands alone, below it a heading runs in before one paragraph."""
    waiting = list(asked_in(plain))
    texts = [list(pieces_of(line, waiting, fills)) for line in plain.text.split("\n") if line]
    sources = clause.sources
    if clause.level == 0:
        for pieces in texts:
            yield Block(broken(pieces), anchor=anchor, sources=sources)
        return
    heading = clause.number + clause.heading
    if clause.level == 1 or not texts or (len(texts) > 1 and clause.heading):
        said_below = bool(texts) or clause.level > 1
        yield Block(
            broken([Piece(heading, FACES[clause.level])]),
            anchor=anchor,
            sources=sources if said_below else (),
            stays=True,
        )
    else:
        only_units = plain.text.split("\n")[0] == plain.units.shown
        stop = "。" if clause.heading and not only_units else ""
        texts[0].insert(0, Piece(heading + stop, FACES[clause.level]))
        yield Block(broken(texts[0]), anchor=anchor, sources=sources)
        texts = texts[1:]
    yield from (Block(broken(pieces)) for pieces in texts)


def pieces_of(line: str, waiting: list[Placeholder], fills: Fills) -> Iterator[Piece]:
    """The line with each 待定 as a piece of its own: its question, or the value given."""
    at = 0
    for found in OPEN.finditer(line):
        if found.start() > at:
            yield Piece(line[at : found.start()])
        one = taken(found.group(), waiting)
        if one and (value := fills.get(one.id)):
            yield Piece(said(one, value), "filled", one.id)
        else:
            yield Piece(found.group(), "hole", one.id if one else "")
        at = found.end()
    if at < len(line):
        yield Piece(line[at:])


def taken(words: str, waiting: list[Placeholder]) -> Placeholder | None:
    """The next placeholder that says this; the last one of several stands for repetitions."""
    same = [one for one in waiting if one.text == words]
    if not same:
        return None
    if len(same) > 1:
        waiting.remove(same[0])
    return same[0]


def places(draft: Draft) -> Sequence[tuple[DraftClause, str]]:
    """Every clause with the anchor of its first line on the pages."""
    return [(one, f"plan-{at}") for at, one in enumerate((draft.opening, *draft.clauses))]
