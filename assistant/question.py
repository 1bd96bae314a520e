"""Works out what is asked: kind of fact, region, years, metric; follow-ups against the history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import rjieba

from assistant.lookup.asked import Asked, Kind, Term
from assistant.lookup.expressions import Expressions, plain
from assistant.lookup.places import foreign, named
from index.period import periods
from index.quantity import quantities
from index.types import Span

_PRIORITY: tuple[Kind, ...] = (
    "document_number", "yesno", "definition", "date", "unit", "list", "number",
)  # fmt: skip
# 三品, 两库, 双百: names, not numbers.
_NAMED = re.compile(r"^[一二两三四五六七八九十双零](?:[名品库类张大化条]|个$|$)")
_PROGRAMME = re.compile(r"^.{0,2}(?:计划|工程|行动|改造|升级|示范|活动)")
_SHORT_YEARS = re.compile(r"(?<![\d.年])([12]\d)(?=、[12]\d年|年(?![内期间左以来]))")
# 黄冈市级库: the 市 belongs to 市级, not to the name of the place.
_NOT_LEVEL = r"(?<![省市县区](?=级|本级|里|直))"
# 十四五技改投资: a plan that is named without 期间.
_PLAN = re.compile(r"(十[一二三四五六]五)(?!期间|时期|规划|期|末|以来)")
_NEXT_YEAR = re.compile(r"(?<=20\d\d)[、和与及](?=20\d\d年)")
_RELATIVE = re.compile(r"^(?:那|到|要|其中|它|这|原来|还有|再|又|升|换成)|呢$")
_ROLES = re.compile(r"^(?:牵头|配合|责任|主办|协办|负责|打头|[排列](?:在)?第|[排列]首|首位)")
_WHEN = re.compile(r"最[晚迟]|几月|几号|哪一?天|什么时候|啥时")
_SPLIT = re.compile(r"[?？;；。!！]|[,，](?=[^,，]*$)|[,，]")
_WHO_HAS_MORE = re.compile(
    r"(谁的?|哪个|哪边|哪家|哪里|哪份|哪一个)[^,，?？谁哪]{0,10}[高低多少大小严早晚狠强]"
    r"(?:(?=[谁些一还])|(?![一-鿿]))"
)
# 激励县市都有谁: things, not who is responsible for them.
_WHICH_ONES = re.compile(
    r"(?:企业|县市|县|产业|行业|项目|园区|城市|地区)(?:具体|都|各)?(?:有|是)(?:谁|哪些|哪几)"
)
# 比2020年降多少: a year that is only compared with.
_THAN = ("比", "较")
_METRIC_END = re.compile(r"(?:目标|总数|数量|规模|任务数|指标)$")
_COMPARES = re.compile(
    r"(?:哪个|谁|哪边|哪家|哪里|哪一个)[^,，?？]{0,8}(?:更|[高低大小多少严早晚狠])|相比|对比|[比跟].{1,16}(?:高|多|大)|差多少|高还是|多还是"
)
# Words of one character that cling to the content words beside them.
_FRINGE = frozenset(
    "前后要来由就个得了的在是会把被给让向从到去那这也还都才再又能可想将与和及跟对为里内中们嘛呢啊吧"
    "吗么着所各该下上"
)
_CLINGING = frozenset(
    "前后要来由就个得了的在是会把被给让向从到去那这也还都才再又能可想用搞弄做办没称算使叫起各该"
)
# Numerals say no more than the amount does; 首台 is tagged as one and names a thing.
_COUNTING = re.compile(r"[一二两三四五六七八九十百千万亿几多数半单双许好大\d.]")
_EMPTY_TAGS = frozenset("r u uj ul uz p c d y e m q f zg ud ug uv o k x".split())


def understand(
    question: str, history: Sequence[str], known: Mapping[str, str], words: Expressions
) -> Asked:
    """The question as a value; what it leaves out is taken from the earlier ones."""
    asked = _read(question, known, words)
    earlier: list[Asked] = []
    for text in history:
        before = _read(text, known, words)
        earlier.append(_complete(before, earlier) if earlier else before)
    return _complete(asked, earlier) if earlier else asked


def _read(question: str, known: Mapping[str, str], words: Expressions) -> Asked:
    text = full_years(plain(question).rstrip("?？。！!"))
    kinds = _kinds(text, words)
    times = periods(text)
    ranges = [t for t in times if t.kind == "range" and t.since and t.by]
    stated = [t for t in times if t.by and t.kind != "range"]
    years = dict.fromkeys(t.by or "" for t in stated if not text[: t.span.start].endswith(_THAN))
    amounts = tuple(
        q for q in quantities(text)
        if not any(t.span.start < q.span.end and q.span.start < t.span.end for t in times)
        and text[q.span.start - 1 : q.span.start] != "哪" and not _names(text, q.span)
    )  # fmt: skip
    places = named(text, known)
    return Asked(
        text=text,
        kinds=kinds,
        measure=_measure(text, words) if "number" in kinds or "yesno" in kinds else "",
        terms=_terms(text, [t.span for t in times] + [q.span for q in amounts], known, words),
        amounts=amounts,
        times=tuple(t.span.of(text) for t in times if t.day or t.days or (t.month and not t.by)),
        years=tuple(years),
        span=(ranges[0].since or "", ranges[0].by or "") if ranges else None,
        places=places,
        foreign=foreign(text, known),
        follow_up=bool(_RELATIVE.search(text)),
        compares=bool(_COMPARES.search(text)) or len(places) > 1,
        several=bool(re.search(r"分别|各[是自有要]|[三两几]个指标|都是|和|、|另外|还有", text)),
    )


def _names(text: str, span: Span) -> bool:
    """三品, 千人计划: a number that is part of a name."""
    words = span.of(text)
    chinese = not re.search(r"\d", words)
    return bool(_NAMED.search(words)) or (chinese and bool(_PROGRAMME.match(text[span.end :])))


def full_years(text: str) -> str:
    """15年 → 2015年, 16、17年 → 2016年、2017年, 十四五 → 十四五期间."""
    text = _PLAN.sub(r"\1期间", text)
    return _NEXT_YEAR.sub("年、", _SHORT_YEARS.sub(r"20\1", text))


def _kinds(text: str, words: Expressions) -> tuple[Kind, ...]:
    plainly = _WHO_HAS_MORE.sub("", text)
    found = [kind for kind, cues in words.ask if cues.search(plainly)]
    if "date" in found and "definition" in found:  # 时间分别是什么
        found.remove("definition")
    if not found and re.search(r"什么|啥", text):
        found = ["open"]
    if not found and (
        _METRIC_END.search(text) or any(m.search(text) for m in words.metric.values())
    ):
        found = ["number"]
    if "unit" in found and _WHICH_ONES.search(text):
        found = ["list", *(kind for kind in found if kind != "unit")]
    if not found and plainly != text:
        found = ["date" if re.search(r"[早晚]", text) else "number"]
    ordered: list[Kind] = [kind for kind in _PRIORITY if kind in found]
    if "date" in ordered and "number" in ordered:  # 各是多少、哪年: the figure with its year
        ordered.remove("number")
        ordered.insert(ordered.index("date"), "number")
    return tuple(ordered) or ("open",)


def _measure(text: str, words: Expressions) -> str:
    named = next((name for name, cues in words.measure if cues.search(text)), "")
    return named or _measure_of_metric(text, words)


def _measure_of_metric(text: str, words: Expressions) -> str:
    """技改投资多少: the word nearest before 多少 tells what kind of figure is meant."""
    asks = re.search(r"多少|几何|多大|多高", text)
    before = text[max(0, asks.start() - 20) : asks.start()] if asks else ""
    found = [
        (match.end(), name)
        for name, cues in words.metric.items()
        for match in cues.finditer(before)
    ]
    return max(found)[1] if found else ""


def _terms(
    text: str, taken: Sequence[Span], known: Mapping[str, str], words: Expressions
) -> tuple[Term, ...]:
    """The content words: synonyms first, then what is left between the empty words."""
    left = list(text)
    for span in taken:
        left[span.start : span.end] = "|" * (span.end - span.start)
    for name in sorted(known, key=len, reverse=True):
        for match in re.finditer(re.escape(name) + _NOT_LEVEL, text):
            left[match.start() : match.end()] = "|" * len(name)
    tokens = _tokens(text)
    starts = {start for start, _, _ in tokens}
    ends = {start + len(word) for start, word, _ in tokens}
    for _, cues in words.ask:
        _blank(left, cues)
    for match in _WHO_HAS_MORE.finditer(text):
        left[match.end() - 1] = "|"
        left[match.start() : match.start() + len(match[1])] = "|" * len(match[1])
    terms: list[tuple[int, Term]] = []
    for phrase in words.phrases:
        for match in re.finditer(re.escape(phrase), "".join(left)):
            if len(phrase) < 3 and not (match.start() in starts and match.end() in ends):
                continue
            solid = _is_noun(phrase) and phrase not in words.soft
            terms.append((match.start(), Term(phrase, words.same[phrase], solid=solid)))
            left[match.start() : match.end()] = "|" * len(phrase)
    _blank(left, words.stop)
    for start, word, tag in tokens:
        empty = (tag in _EMPTY_TAGS and len(word) <= 2) or word in _CLINGING
        empty = empty and not (tag == "m" and not _COUNTING.match(word))
        empty = empty and not _NAMED.search(word)
        if empty and "".join(left[start : start + len(word)]) == word:
            left[start : start + len(word)] = "|" * len(word)
    doing = {word for _, word, tag in tokens if len(word) > 1 and tag[0] in "vda"}
    nouns = [(start, word) for start, word, tag in tokens if tag[0] in "njl"]
    for match in re.finditer(r"[一-鿿a-z&+]+", "".join(left)):
        run = _trimmed(match.group())
        if run:
            solid = any(word in run and len(word) > 1 for _, word in nouns)
            # 首台套: a compound that the dictionary does not have names a thing too.
            solid = solid or (len(run) > 2 and not any(w in run for w in doing))
            solid = (solid or run[0].isascii()) and run not in words.soft
            terms.append((match.start(), Term(run, words.same.get(run, (run,)), solid=solid)))
    return tuple(term for _, term in sorted(terms, key=lambda found: found[0]))


def _trimmed(run: str) -> str:
    """Without the clinging characters at its ends, unless they belong to a word (下发, 涉及)."""
    while run and run[0] in _FRINGE and (len(run) == 1 or not rjieba.has_word(run[:2])):
        run = run[1:]
    while run and run[-1] in _FRINGE and not rjieba.has_word(run[-2:]):
        run = run[:-1]
    return run


def _is_noun(phrase: str) -> bool:
    *_, (_, tag) = rjieba.tag(phrase)
    return tag[0] in "njliaz" or tag == "vn" or len(phrase) > 2


def _blank(left: list[str], pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer("".join(left)):
        left[match.start() : match.end()] = "|" * (match.end() - match.start())


def _tokens(text: str) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    at = 0
    for word, tag in rjieba.tag(text):
        at = text.find(word, at)
        found.append((at, word, tag))
        at += len(word)
    return found


def _complete(asked: Asked, earlier: Sequence[Asked]) -> Asked:
    """A follow-up with the region, years and metric of what came before."""
    last = earlier[-1]
    placed = next((one for one in reversed(earlier) if one.places or one.foreign), last)
    thin = not any(term.solid and not _ROLES.search(term.surface) for term in asked.terms)
    follows = asked.follow_up or thin or not (asked.places or asked.foreign)
    if not follows:
        return asked
    kinds = asked.kinds if asked.kind != "open" else last.kinds
    context = tuple(replace(term, own=thin, earlier=True) for term in last.terms)
    asks_when = "date" in asked.kinds
    elsewhere = bool(asked.places) and asked.places != last.places
    asks_when = asks_when or elsewhere
    return replace(
        asked,
        kinds=kinds,
        measure=asked.measure or (last.measure if asked.kind in ("open",) or thin else ""),
        terms=asked.terms
        + tuple(t for t in context if t.surface not in {o.surface for o in asked.terms}),
        amounts=asked.amounts or (last.amounts if thin else ()),
        years=asked.years or (() if asks_when else last.years),
        span=asked.span or (None if asked.years or asks_when else last.span),
        places=asked.places or (() if asked.foreign else placed.places),
        foreign=asked.foreign or (() if asked.places else placed.foreign),
        follow_up=True,
        elliptic=asked.kind == "open",
    )


def parts(question: str, words: Expressions) -> tuple[str, ...]:
    """The questions in a question: pieces without a cue of their own go with a neighbour."""
    text = full_years(plain(question))
    pieces = [piece for piece in _SPLIT.split(text) if piece]
    merged: list[str] = []
    waiting = ""
    for piece in pieces:
        asks = any(cues.search(piece) for _, cues in words.ask) or piece.endswith("呢")
        if asks:
            merged.append(waiting + piece)
            waiting = ""
        else:
            waiting += piece + ","
    if waiting:
        merged = [*merged[:-1], (merged[-1] + "," if merged else "") + waiting.rstrip(",")]
    return tuple(merged)


def understood(
    question: str, history: Sequence[str], known: Mapping[str, str], words: Expressions
) -> tuple[Asked, ...]:
    """Every question in a question; a later part takes from the earlier what it leaves out."""
    whole = understand(question, history, known, words)
    asked: list[Asked] = []
    for part in parts(question, words):
        before = [*history, *(one.text for one in asked)]
        one = understand(part, before, known, words)
        fresh = _read(part, known, words)
        again = any(not _ROLES.search(term.surface) for term in fresh.terms)
        again = again or bool(_WHEN.search(part) or fresh.years)
        again = again or bool(asked and ("unit" in fresh.kinds) != ("unit" in asked[-1].kinds))
        if asked and not again:
            kinds = tuple(dict.fromkeys((*asked[-1].kinds, *one.kinds)))
            asked[-1] = replace(asked[-1], kinds=kinds, text=asked[-1].text + "," + one.text)
        else:
            asked.append(one)
    if not asked:
        return (whole,)
    if len(asked) == 1:
        measure = whole.measure or asked[0].measure
        return (replace(whole, kinds=asked[0].kinds, measure=measure),)
    places = whole.places
    return tuple(replace(one, places=one.places or places) for one in asked)
