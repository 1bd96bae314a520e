"""What is asked about a document itself: its number, its date, who issued it."""

from __future__ import annotations

import re

from assistant.lookup.asked import Asked
from assistant.lookup.compose import Claim, own_span, stated
from assistant.lookup.expressions import plain
from assistant.lookup.holding import Holding
from assistant.lookup.passages import grams
from assistant.types import Citation, cite
from index.types import Document, Span

_ISSUED = re.compile(
    r"哪一?年[出发印定]|发的通知|哪天发|发得|哪年发|发的文|印发|发布|出台|发文|成文|签发|下发"
)
_CITED = re.compile(
    r"《(?P<title>[^《》]*(?:〈[^〈〉]*〉[^《》]*)*)》\s*[(（](?P<number>[^()（）]{1,12}[〔\[【(（]\d{4}[〕\]】)）]\d+号)[)）]"
)
_BASIS = re.compile(
    r"(?:依据|根据|按照|贯彻|落实)的?(?:是|了)?(?:哪个|哪份|哪些|什么|哪几个)(?:上级)?(?:文件|通知|意见|政策)"
)
_MADE_BY = re.compile(r"(?:根据|按照|依据|贯彻落实|落实).{0,6}《")
_UPPER = re.compile(r"依据|根据|照着|按照|上级|省里|省政府|国家|落实")
_DATE = re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")


def asks_about_document(asked: Asked) -> bool:
    """Whether the question is about the paper rather than about what it says."""
    if asked.kind == "document_number" or _BASIS.search(asked.text):
        return True
    issued = bool(_ISSUED.search(asked.text)) and not re.search(r"计划|名单", asked.text)
    return asked.kind in ("date", "unit") and issued


def document_meant(asked: Asked, held: Holding) -> Document | None:
    """The document whose title the question is most like."""
    alike = [(_likeness(plain(document.title), asked), document) for document in held.documents]
    return max(alike, key=lambda pair: pair[0])[1] if alike else None


def of_document(asked: Asked, document: Document, held: Holding) -> Claim | None:
    """The document's own number, date or issuer, with the place where it stands."""
    if _BASIS.search(asked.text) and asked.kind != "document_number":
        return _basis(document, held)
    if asked.kind == "document_number":
        return _cited_number(asked, document, held) or _claim(
            document, document.doc_no, "文号是", held
        )
    if asked.kind == "date" and document.date:
        for match in _DATE.finditer(document.text):
            digits = [int(n) for n in re.findall(r"\d+", match.group())]
            if "{:04d}-{:02d}-{:02d}".format(*digits) != document.date:
                continue
            citation = _around(document, Span(match.start(), match.end()), held)
            if citation is not None:
                return Claim(f"成文日期为{match.group()}", (citation,), match.group())
    if asked.kind == "unit":
        return _claim(document, document.issuer, "由", held, "印发")
    return None


def _basis(document: Document, held: Holding) -> Claim | None:
    """The sentence in front that says by what other document this one was made."""
    for passage in held.passages:
        if passage.document.id == document.id and _MADE_BY.search(passage.words):
            return stated(passage)
    return None


def _cited_number(asked: Asked, document: Document, held: Holding) -> Claim | None:
    """The number of another document that this one cites, if the question is about that one."""
    best: tuple[float, re.Match[str]] | None = None
    own = _likeness(plain(document.title), asked)
    for match in _CITED.finditer(document.text):
        alike = _likeness(plain(match["title"]), asked)
        if _UPPER.search(asked.text) and match.start() < 2500:
            alike += 0.6
        if alike > max(own + 0.05, best[0] if best else 0.3):
            best = alike, match
    if best is None:
        return None
    match = best[1]
    citation = _around(document, Span(match.start(), match.end()), held)
    if citation is None:
        return None
    named = f"《{match['title']}》（{match['number']}）"
    return Claim(f"文号是{match['number']}，即{named}", (citation,), named)


def _likeness(title: str, asked: Asked) -> float:
    """The share of a title's pairs that the question has, and of the question's that it has."""
    named = {gram for term in asked.terms for a in term.alternatives for gram in grams(a)}
    named |= set(grams(asked.text))
    own = grams(title)
    return sum(gram in named for gram in own) / len(own) if own else 0.0


def _claim(
    document: Document, words: str | None, before: str, held: Holding, after: str = ""
) -> Claim | None:
    if words is None:
        return None
    at = document.text.find(words)
    citation = (
        _around(document, Span(at, at + len(words)), held) if at >= 0 else _head(document, held)
    )
    return Claim(f"{before}{words}{after}", (citation,)) if citation else None


def _head(document: Document, held: Holding) -> Citation | None:
    """The title, for what only the document's description states (文号 of a digest)."""
    for passage in held.passages:
        if passage.document.id == document.id and passage.span.end - passage.span.start >= 8:
            return cite(document, passage.clause, passage.span)
    return None


def _around(document: Document, span: Span, held: Holding) -> Citation | None:
    line_start = document.text.rfind("\n", 0, span.start) + 1
    line_end = document.text.find("\n", span.end)
    line = Span(line_start, line_end if line_end > 0 else len(document.text))
    wide = line if line.end - line.start <= 200 else span
    for clause in held.clauses[document.id]:
        part = own_span(document, clause, wide)
        if part is not None and part.contains(span):
            words = part.of(document.text)
            lead = len(words) - len(words.lstrip())
            return cite(document, clause, Span(part.start + lead, part.start + len(words.rstrip())))
    return None
