"""Whether a rewritten clause says what it was written from: nothing lost, nothing added.

Both ways are one question asked twice: does every fact and every word of the one stand in the
other. Placeholders (【待定：…】) are the county's to fill, and are kept to the character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.types import cite
from assistant.verify.names import named_in
from assistant.verify.passages import Passage, passage
from assistant.verify.subjects import idle_words
from assistant.verify.support import text_fault
from assistant.verify.wording import pairs, same_words, without_words
from index.agencies import same_body
from index.types import Clause, Document, Span

PLACEHOLDER = re.compile(r"【[^】]*】")
_SENTENCE = re.compile(r"[^。！？!?\n]+")


_MODE = re.compile("每年|逐年|年均|累计|新增|净增|总数|不少于|不低于|不超过|超过|突破|至少")
_TITLE = "本稿"


def kept(upper: str, drafted: str, region: str = "") -> str | None:
    """Which fact of ``upper`` the drafted text has lost or changed, or None."""
    asked = Counter(PLACEHOLDER.findall(upper))
    for hole, count in asked.items():
        if drafted.count(hole) < count:
            return f"丢了占位内容{hole}"
    fault = _around_holes(upper, drafted) or _items_lost(upper, drafted)
    fault = fault or _unsaid(upper, (drafted,), region)
    return fault and f"漏了或改了上级条款的内容：{fault}"


def _around_holes(upper: str, drafted: str) -> str | None:
    """每年, 累计, 新增 and the like before a placeholder say what its figure will count."""
    left = Counter(_counting(drafted))
    for hole, modes in _counting(upper):
        if not left[hole, modes]:
            return f"{hole}前的“{'、'.join(sorted(modes)) or '口径'}”变了"
        left[hole, modes] -= 1
    return None


def _counting(text: str) -> list[tuple[str, frozenset[str]]]:
    found = []
    for hole in PLACEHOLDER.finditer(text):
        before = re.split(r"[，。；;、：\n】]", text[: hole.start()])[-1]
        found.append((hole[0], frozenset(_MODE.findall(before))))
    return found


def _items_lost(upper: str, drafted: str) -> str | None:
    """An item of a list that stands nowhere in the drafted text, or a body that is named no more.

    Free words are not free here: 建成、投产、储备 are three things.
    """
    said = same_words(_bare(drafted))
    known = pairs(said, ())
    for piece in re.split(r"[，。；;：\n]", same_words(_bare(upper))):
        for item in piece.split("、") if "、" in piece else ():
            core = max(without_words(item, idle_words()).split(), key=len, default=item)
            told = pairs(core, ())
            if core not in said and len(told & known) * 2 <= len(told):
                return f"没有“{item}”"
    names = [m.name for m in named_in(upper)]
    others = [m.name for m in named_in(drafted) if m.name not in names]
    lost = [n for n in names if n not in drafted and not any(same_body(n, o) for o in others)]
    return f"没有“{lost[0]}”" if lost else None


def added(drafted: str, grounds: Sequence[str], region: str = "") -> str | None:
    """What the drafted text says that none of ``grounds`` says, or None.

    ``grounds`` are the upper clause, the text by rules, and what the county's profile states.
    """
    allowed = {hole for ground in grounds for hole in PLACEHOLDER.findall(ground)}
    for hole in PLACEHOLDER.findall(drafted):
        if hole not in allowed:
            return f"多了占位内容{hole}"
    fault = _unsaid(drafted, grounds, region)
    return fault and f"依据中没有这样的内容：{fault}"


def _unsaid(text: str, grounds: Sequence[str], region: str) -> str | None:
    passages = [_plain_passage(f"{i}", _bare(ground), region) for i, ground in enumerate(grounds)]
    for sentence in _SENTENCE.findall(_bare(text)):
        if re.search(r"\w", sentence) and (fault := text_fault(sentence, passages)):
            return f"{fault.replace('引文', '对照文字')}（“{sentence.strip()}”）"
    return None


def _bare(text: str) -> str:
    return PLACEHOLDER.sub("", text)


def _plain_passage(name: str, text: str, region: str) -> Passage:
    """A text that is no clause of a stored document, as a passage."""
    span = Span(0, max(len(text), 1))
    document = Document(
        id="draft",
        title=_TITLE,
        doc_no=None,
        issuer=None,
        date=None,
        level="county",
        region=region,
        implements=(),
        status="未注明",
        status_note="",
        kind="",
        text=text or "\n",
    )
    clause = Clause(name, "draft", None, "text", "", None, (), (span,), text)
    return passage(cite(document, clause, span), document, clause, _no_clause)


def _no_clause(clause_id: str) -> Clause | None:
    return None
