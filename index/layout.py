"""Divides the lines of a file into its texts: a notice, one or several plans, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.lines import Line
from index.numbering import BULLET, THIRD, opens_a_body

_LISTING = re.compile(r"^附[ ]?件[:：][ ]*\S")
_ISSUER_END = re.compile(r"(?:人民政府|政府|办公室|办公厅|委员会|厅|局|部|委|院|党组|小组)$")
_READING = re.compile(r"(?:解读|图解)(?:[(（][^()（）]*[)）])?$")
READING = "解读"
# The second line of a title, which says what is done with the document that the first one names.
_KIND = re.compile(r"(?:的)?(?:政策)?(?:解读|图解|问答|说明)")
# What a title still lacks after the name of the plan that it carries out (《…》/实施方案).
_GENRE = re.compile(
    r"的?(?:[一-鿿]{0,8}(?:方案|意见|细则|办法|计划|措施|通知))(?:[(（][^()（）]*[)）])?"
)
_CARRIES_OUT = re.compile(r"(?:贯彻|落实|实施|执行)$")
_NAME_REST = 60  # characters in which a name that was cut at the end of a line is closed
_LONG_TITLE_LINES = 5
_HALF_TITLE = 18  # a line this short that ends like a title may be the end of a longer one
_SIGNS = re.compile(r"(?:政府|办公室|办公厅|委员会|厅|局|小组|文件)$")


@dataclass(frozen=True, slots=True)
class Body:
    """One text of a file. ``step`` is its address prefix ('' for the only plan, P2, 附件1)."""

    step: str
    title: tuple[Line, ...]
    lines: tuple[Line, ...]
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    annex: str | None
    lines: tuple[Line, ...]

    @property
    def numbered(self) -> bool:
        return any(line.mark and line.mark.level <= THIRD for line in self.lines)

    @property
    def is_reading(self) -> bool:
        """Whether it interprets a policy instead of making one."""
        limit = next((i for i, line in enumerate(self.lines) if line.mark), len(self.lines))
        at = next((i for i, line in enumerate(self.lines[:limit]) if line.is_title), None)
        if self.annex is not None or at is None:
            return False
        words = self.lines[at].text
        if at + 1 < limit and _KIND.fullmatch(self.lines[at + 1].text):
            words += self.lines[at + 1].text
        return bool(_READING.search(words))


def bodies(lines: Sequence[Line]) -> tuple[Body, ...]:
    """The texts of a file in order, without the boilerplate of web pages around them."""
    kept = _unlisted(_trimmed(lines))
    cuts = _cuts(kept)
    pieces = [
        _Piece(kept[start].annex if start else _annex_at_head(kept), tuple(kept[start:end]))
        for start, end in zip(cuts, [*cuts[1:], len(kept)], strict=True)
        if start < end
    ]
    return _addressed(pieces)


def _annex_at_head(lines: Sequence[Line]) -> str | None:
    return lines[0].annex if lines else None


def _trimmed(lines: Sequence[Line]) -> list[Line]:
    """Breadcrumbs and counters go wherever they stand; a foot goes with all that follows it."""
    last = max((i for i, line in enumerate(lines) if line.mark or line.table), default=0)
    foot = next((i for i, line in enumerate(lines) if i > last and line.is_web), len(lines))
    kept = [line for line in lines[:foot] if not line.is_web]
    first_mark = next((i for i, line in enumerate(kept) if line.mark), len(kept))
    head = next(
        (i for i, line in enumerate(kept[:first_mark]) if line.is_title or line.is_salutation), 0
    )
    start = _title_start(kept, head) if head else 0
    opening = [
        line
        for line in kept[:start]
        if line.is_doc_no or len(line.text) > 60 or line.text.endswith("。")
    ]
    return [*opening, *kept[start:]] if len(opening) < 3 else kept


def _unlisted(lines: Sequence[Line]) -> list[Line]:
    """The list of attachments under a notice is not a sequence of headings (附件：1.… 2.…)."""
    kept: list[Line] = []
    listing = False
    for line in lines:
        starts = bool(_LISTING.match(line.text)) or (line.annex is not None and _colon(line))
        numbered = line.mark is not None and line.mark.level == THIRD and "。" not in line.text
        listing = starts or (listing and numbered and len(line.text) <= 90)
        kept.append(replace(line, mark=None) if listing else line)
    return kept


def _colon(line: Line) -> bool:
    return line.text.endswith((":", "："))


def _cuts(lines: Sequence[Line]) -> list[int]:
    """Where texts begin: at 附件 alone on a line, and at the title above a first number."""
    cuts = {0} | {i for i, line in enumerate(lines) if line.annex and not _colon(line)}
    level: int | None = None
    for i, line in enumerate(lines):
        if line.mark is None or not opens_a_body(line.mark.step):
            continue
        title = _title_above(lines, i)
        if title is not None and not _titles_an_annex(lines, title, cuts):
            cuts.add(title)
            level = line.mark.level
        elif level is None:
            level = line.mark.level
    return sorted(cuts)


def _title_above(lines: Sequence[Line], opener: int) -> int | None:
    """Start of the last title between the number before the opener and the opener itself."""
    for i in range(opener - 1, -1, -1):
        if (mark := lines[i].mark) and mark.level != BULLET:
            return None
        if lines[i].is_title:
            return _title_start(lines, i)
    return None


def _title_start(lines: Sequence[Line], last: int) -> int:
    """A title may run over several lines; the upper ones are open in sense or in brackets."""
    start = last
    while (
        start > 0
        and last - start < _LONG_TITLE_LINES
        and _continues(lines[start - 1], lines[start])
    ):
        start -= 1
    return start


def _continues(upper: Line, lower: Line) -> bool:
    words = upper.text
    stands_alone = upper.mark or upper.table or upper.annex or upper.is_date or upper.is_doc_no
    if stands_alone or upper.is_contact or upper.is_public_note or len(words) > 60:
        return False
    if words.count("《") > words.count("》") or lower.text.count("》") > lower.text.count("《"):
        return not words.endswith(("。", ":", "："))
    if words.endswith(("。", "；", ";", ":", "：", "，", ",")) or upper.is_title:
        return False
    if lower.text.startswith("《") and _CARRIES_OUT.search(words):
        return True
    if lower.text.startswith("关于") or "关于" in words:
        return "关于" in words or bool(_ISSUER_END.search(words))
    # The web's remarks and contacts hold marks that no title has.
    if re.search(r"[@:：/.\d]{3}", words):
        return False
    return len(lower.text) <= _HALF_TITLE and len(words) <= 45 and not _signs(words)


def _signs(words: str) -> bool:
    return bool(_SIGNS.search(words))


def _titles_an_annex(lines: Sequence[Line], title: int, cuts: set[int]) -> bool:
    """The first title under 附件 is the annex's own; a second one begins another text."""
    above = max((cut for cut in cuts if cut <= title), default=0)
    if not lines[above].annex:
        return False
    between = lines[above + 1 : title]
    return not any(line.is_title for line in between)


def _addressed(pieces: Sequence[_Piece]) -> tuple[Body, ...]:
    plans = [p for p in pieces if p.annex is None and p.numbered]
    policies = [p for p in plans if not p.is_reading]
    plans = policies or plans
    lifted = None if plans else next((p for p in pieces if p.annex and p.numbered), None)
    count, prefix, out = 0, "", []
    for piece in pieces:
        if piece in plans and len(plans) > 1:
            count += 1
            prefix = f"P{count}"
        if policies and piece.is_reading:
            out.append(_body(READING, piece, is_notice=False))
            continue
        is_notice = piece.annex is None and not piece.numbered and len(pieces) > 1
        step = prefix if piece.annex is None else _join(prefix, piece.annex)
        out.append(_body("" if is_notice or piece is lifted else step, piece, is_notice))
    return tuple(out)


def _join(prefix: str, step: str) -> str:
    return f"{prefix}/{step}" if prefix else step


def _title_end(lines: Sequence[Line], start: int, end: int) -> int:
    """A title goes on where a name inside it is still open, or where only its kind is left."""
    while end < len(lines) and end - start <= _LONG_TITLE_LINES:
        words = "".join(line.text for line in lines[start:end])
        lower = lines[end]
        is_open = words.count("《") > words.count("》") and "》" in lower.text[:_NAME_REST]
        is_left = words.endswith("》") and _GENRE.fullmatch(lower.text)
        if lower.table or not (is_open or is_left or _KIND.fullmatch(lower.text)):
            break
        end += 1
    return end


def _body(step: str, piece: _Piece, is_notice: bool) -> Body:
    lines = piece.lines
    limit = next((i for i, line in enumerate(lines) if line.mark), len(lines))
    end = next((i + 1 for i, line in enumerate(lines[:limit]) if line.is_title), 0)
    start = _title_start(lines, end - 1) if end else 0
    end = _title_end(lines[:limit], start, end) if end else 0
    rest = (*lines[:start], *lines[end:])
    return Body(step, tuple(lines[start:end]), rest, is_notice)
