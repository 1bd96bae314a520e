"""Drafts put into the words of an adversary, and of an honest model, through the drafting path."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from assistant.draft import Draft, DraftClause, draft, profile_of
from assistant.model import open_model
from assistant.model.drafting import rewrite
from assistant.settings import load
from evals.corruptions import CORRUPTIONS
from evals.model_server import Request, serving
from evals.types import Case, Score
from index.library import Library
from index.types import Parsed

UPPERS = (("zhejiang-2017", "浙江省"), ("lps-2016", "贵州省"), ("huanggang-2021", "湖北省"))
PASSES = 3
COUNTY = "清川县"
_ASKED = re.compile(r"请改写这一段.*?<<<\n(.*?)\n>>>", re.DOTALL)
Writer = Callable[[str, Random], tuple[str, str] | None]


@dataclass
class Author:
    """Gives every paragraph another wording by ``writer``, and remembers what it did."""

    writer: Writer
    seed: str
    wrote: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __call__(self, request: Request) -> str:
        found = _ASKED.search(request.prompt)
        if found is None:
            return json.dumps({"paragraphs": ["各项工作要抓好落实。"]}, ensure_ascii=False)
        text = found[1]
        if text not in self.wrote and (made := self.writer(text, Random(self.seed + text))):
            self.wrote[text] = made
        told = self.wrote[text][1] if text in self.wrote else text
        return json.dumps({"paragraphs": told.split("\n")}, ensure_ascii=False)


def spoiled(text: str, random: Random) -> tuple[str, str] | None:
    kinds = random.sample(list(CORRUPTIONS), len(CORRUPTIONS))
    for kind in kinds:
        made = CORRUPTIONS[kind](text, random)
        if made is not None and made != text:
            return kind, made
    return None


def reworded(text: str, random: Random) -> tuple[str, str] | None:
    """Only what changes no fact: the order of sentences, comparators told otherwise, prose."""
    changes = (
        (r"(?<!【)到(20\d\d)年，力争", r"力争到\1年，"),
        (r"(?<=[、，。])(\d+(?:\.\d+)?(?:家|个|项|户|台|%))以上", r"不少于\1"),
        (r"(?:(?<=。)|^)(?=支持|鼓励|引导)", "积极"),
        (r"推进(?!情况)(?=[\u3400-\u9fff])", "推动"),
        (r"建立(?!在)", "设立"),
        (r"积极争取", "争取"),
    )
    made = text
    for pattern, other in changes:
        made = re.sub(pattern, other, made)
    return ("改写", made) if made != text else None


def drafted(library: Library, seed: int, kept: int | None) -> Iterator[Case]:
    for name, province in UPPERS if kept is None else UPPERS[:1]:
        made = _draft(library, name, province)
        for turn in range(PASSES if kept is None else 1):
            author = Author(spoiled, f"{seed}-{turn}")
            yield from _cases(made, author, library, lie=True)
        yield from _cases(made, Author(reworded, f"{seed}"), library, lie=False)


def _draft(library: Library, name: str, province: str) -> Draft:
    document = next(d for d in library.documents() if d.id == name)
    parsed = Parsed(document, tuple(library.clauses(name)), tuple(library.tasks(name)))
    profile = profile_of({"name": COUNTY, "province": province, "lead": "县经信局"})
    return draft([(parsed, "")], profile)


def _cases(made: Draft, author: Author, library: Library, lie: bool) -> Iterator[Case]:
    with serving(author) as server:
        settings = load({"model": "adversary", "model_url": server.url}, {})
        model = open_model(settings)
        assert model is not None
        told = rewrite(made, model, library)
        model.close()
    for before, after in zip(made.clauses, told.clauses, strict=True):
        if (wrote := author.wrote.get("\n".join(before.paragraphs))) is not None:
            yield _case(before, after, *wrote, lie)


def _case(before: DraftClause, after: DraftClause, kind: str, text: str, lie: bool) -> Case:
    taken = after.paragraphs != before.paragraphs
    good = taken is not lie
    why = f"{'采用' if taken else '未采用'}：{text}" + ("" if good else f"（原：{before.text}）")
    shown = {"text": text, "ruled": "\n".join(before.paragraphs), "asked": True}
    name = "refused" if lie else "passed"
    return Case(
        f"{before.id}：{kind}",
        f"草稿{'假' if lie else '真'}：{kind}",
        (Score(name, float(good), why),),
        shown,
    )
