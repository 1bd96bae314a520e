"""Whether a rewritten clause says what it was written from: nothing lost, nothing added.

Both ways are one question asked twice: does every fact and every word of the one stand in the
other. Placeholders (【待定：…】) are the county's to fill, and are kept to the character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.types import cite
from assistant.verify.passages import Passage, passage
from assistant.verify.support import text_fault
from index.types import Clause, Document, Span

PLACEHOLDER = re.compile(r"【[^】]*】")
_SENTENCE = re.compile(r"[^。！？!?\n]+")


_TITLE = "本稿"


def kept(upper: str, drafted: str, region: str = "") -> str | None:
    """Which fact of ``upper`` the drafted text has lost or changed, or None."""
    asked = Counter(PLACEHOLDER.findall(upper))
    for hole, count in asked.items():
        if drafted.count(hole) < count:
            return f"丢了占位内容{hole}"
    fault = _unsaid(upper, (drafted,), region)
    return fault and f"漏了或改了上级条款的内容：{fault}"


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
