"""Whether a statement of a model may be told: real clauses, borne out, and about what was asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.lookup.asked import Asked
from assistant.lookup.places import own_names
from assistant.lookup.respond import Reply
from assistant.model.covering import is_about
from assistant.model.packing import Numbered, Pack
from assistant.model.quoting import quotings
from assistant.model.reply import Said
from assistant.types import Statement, Withheld
from assistant.verify import verify
from index.period import periods
from index.types import Clause, Document

LONGEST = 400
# Whether it is so is for the rules to say: no quote bears out a bare yes or no.
_POLAR = re.compile(
    r"(?:是的?|不是|否|对|不对|有|没有|能|不能|会|不会|可以|不可以|需要|不需要|不用)[,，。;；:：、\s]"
)
_MARKS = re.compile(r"\s*[\[【](?:条款)?\s*\d+(?:[,，、\s]+\d+)*[\]】]")
_EMPHASIS = re.compile(r"\*\*|__|`")


@dataclass(frozen=True, slots=True)
class Weigher:
    """What statements are held against: the evidence that was shown, the question, the rules'
    own replies."""

    pack: Pack
    asked: Asked
    replies: Sequence[Reply]
    document_of: Callable[[str], Document | None]
    clause_of: Callable[[str], Clause | None]

    def weigh(self, said: Said) -> Statement | Withheld:
        text = tidied(said.text)
        if fault := self._fault(text, said):
            return Withheld(text or said.text, fault)
        named = [one for r in said.clauses if (one := self.pack.find(r)) is not None]
        reason = ""
        for citations in quotings(text, named):
            verdict = verify(Statement(text, citations), self.document_of, self.clause_of)
            if verdict.status == "supported":
                return self._wanted(verdict.statement)
            reason = reason or verdict.reason
        return Withheld(text, reason)

    def _wanted(self, statement: Statement) -> Statement | Withheld:
        """What is true of another metric is no answer."""
        if is_about(statement, self.replies, self.asked):
            return statement
        return Withheld(statement.text, "与原文相符，但说的不是所问的内容")

    def _fault(self, text: str, said: Said) -> str:
        if not text:
            return "没有内容"
        if len(text) > LONGEST:
            return "一句话太长，无法逐字核对"
        if not said.clauses:
            return "没有引文"
        for reference in said.clauses:
            if self.pack.find(reference) is None:
                return f"引用了不存在的条款 {reference[:40]}"
        if _POLAR.match(text):
            return "是与否由规则对照原文判断，不采用模型的判断"
        named = [one for r in said.clauses if (one := self.pack.find(r)) is not None]
        return elsewhere(self.asked, said, named) or other_year(self.asked, text)


def tidied(text: str) -> str:
    """Without marks of its own, emphasis, and characters that are not seen."""
    bare = _EMPHASIS.sub("", _MARKS.sub("", text))
    seen = "".join(c for c in bare if c.isspace() or unicodedata.category(c)[0] != "C")
    return re.sub(r"\s+", " ", seen).strip().rstrip("。；;，,")


def elsewhere(asked: Asked, said: Said, named: Sequence[Numbered]) -> str:
    """What is true of another place is no answer."""
    wanted = {said.place} if said.place else set(asked.places)
    for one in named:
        names = own_names(one.document)
        if wanted and not wanted & set(names):
            own = names[-1] if names else one.document.title
            return f"问的是{'、'.join(sorted(wanted))}，引的是{own}"
    return ""


def other_year(asked: Asked, text: str) -> str:
    """What is true of other years only is no answer."""
    told = {t.by[:4] for t in periods(text) if t.by}
    told |= {t.since[:4] for t in periods(text) if t.since}
    wanted = {year[:4] for year in asked.years}
    if wanted and told and not wanted & told:
        return f"问的是{'、'.join(sorted(wanted))}年，说的是{'、'.join(sorted(told))}年"
    return ""
