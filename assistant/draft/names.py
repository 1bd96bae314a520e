"""Title and opening: what the plan is called and which documents it carries out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.draft.localise import localised
from assistant.draft.numbering import han
from assistant.draft.skeleton import filled
from assistant.draft.source import UNTITLED, Upper
from assistant.draft.types import Draft, DraftClause, Placeholder

_TITLE = re.compile(
    r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》(?:[(（][^()（）]*\d{4}[^()（）]*号[)）])"
)
_GENRE = (
    r"(?:实施方案|行动方案|攻坚方案|工作方案|行动计划|工作计划|实施意见|指导意见|若干政策措施|若干措施|"
    r"政策措施|实施办法|方案|计划|意见|办法|措施)"
)
_NOT_PURPOSE = re.compile(
    r"如下|现就|现将|现提出|精神|按照|根据|依据|遵照|遵循|结合|出发|制定|制订|部署|要求|全会|会议|文件|《|\ue000"
)


_AIM = re.compile(
    r"(?:为|为了)?(?:加快|加强|促进|推动|推进|提高|提升|实现|深化|大力|着力|全面|进一步|切实|保障|规范|化解|"
    r"实施|培育|构建|建设|完善|落实|做好|扎实|有效|充分|增强|优化|打造|巩固|支持)[^：【]+$"
)


def theme_of(upper: Upper) -> str:
    """What the plan is about: its title without place, years and genre."""
    title = re.sub(r"[（(][^（）()]*[)）]", "", upper.title)
    title = re.sub(r"相关任务责任分解方案$|任务分工方案$|责任分解方案$", "", title)
    for name in (upper.setting.region, upper.setting.short):
        title = title.removeprefix(name) if name else title
    return re.sub(rf"(?:的)?{_GENRE}$", "", title).strip("的") or upper.title


def plan_name(upper: Upper) -> str:
    """The name of the plan that is carried out; a list of duties stands for the plan behind it."""
    bare = re.sub(r"(?:相关|重点)?任务(?:责任)?(?:分解|分工)方案$|责任分解方案$", "", upper.title)
    return bare or upper.title


def title_of(uppers: Sequence[Upper]) -> str:
    """贯彻落实《…》实施方案, or 县…实施方案 where the profile asks for it."""
    profile = uppers[0].setting.profile
    if profile.title_form == "直述":
        themes = "、".join(theme_of(upper) for upper in uppers)
        years = re.search(r"[（(]\d{4}.*?[)）]$", uppers[0].title)
        return f"{profile.name}{themes}实施方案{years.group() if years else ''}"
    first = _inner(plan_name(uppers[0]))
    if profile.title_form == "实施意见":
        more = "" if len(uppers) == 1 else f"等{han(len(uppers))}个方案"
        return f"{profile.signing}关于贯彻落实《{first}》{more}的实施意见"
    if len(uppers) == 1:
        return f"{profile.name}贯彻落实《{first}》实施方案"
    if len(uppers) == 2:
        return f"{profile.name}贯彻落实《{first}》和《{_inner(plan_name(uppers[1]))}》实施方案"
    return f"{profile.name}贯彻落实《{first}》等{han(len(uppers))}个方案的实施方案"


def as_opinion(draft: Draft) -> Draft:
    """An 实施意见 calls itself 意见, and puts its measures forward instead of drawing up a plan."""

    def told(words: str) -> str:
        words = words.replace("制定本方案", "提出以下实施意见")
        return re.sub(r"(?<!基)本方案", "本意见", words)

    def called(clause: DraftClause) -> DraftClause:
        return replace(clause, paragraphs=tuple(told(p) for p in clause.paragraphs))

    return replace(
        draft,
        opening=called(draft.opening),
        clauses=tuple(called(clause) for clause in draft.clauses),
        rows=tuple(replace(row, goal=told(row.goal)) for row in draft.rows),
    )


def _inner(title: str) -> str:
    return title.replace("《", "〈").replace("》", "〉")


def opening_of(uppers: Sequence[Upper]) -> DraftClause:
    """The paragraph in front of 一、: whose document, for what purpose, on what ground."""
    shown, asked = _documents(uppers)
    setting = uppers[0].setting
    text = filled(
        "plan-opening",
        upper=_listed([*shown, *_implements(uppers)]),
        purpose=_purpose(uppers),
        ours=setting.ours,
    )
    sources = tuple(_anchor(upper) for upper in uppers)
    return DraftClause("draft/引言", 0, "", "", (text,), sources, tuple(asked), origin="skeleton")


def _documents(uppers: Sequence[Upper]) -> tuple[list[str], list[Placeholder]]:
    """Full titles with 文号, once each; parts of one document share its number."""
    shown: list[str] = []
    asked: list[Placeholder] = []
    seen: set[str] = set()
    for i, upper in enumerate(uppers):
        document = upper.parsed.document
        title = f"《{_inner(upper.title)}》"
        if upper.title == UNTITLED:
            asked.append(Placeholder(f"{upper.id}#标题", UNTITLED, _anchor(upper), "text"))
        last = i + 1 == len(uppers) or uppers[i + 1].parsed.document.id != document.id
        if last and document.id not in seen:
            seen.add(document.id)
            if document.doc_no:
                title += f"（{document.doc_no}）"
            else:
                hole = "【待定：请补上级文件发文字号】"
                title += f"（{hole}）"
                asked.append(Placeholder(f"{upper.id}#文号", hole, _anchor(upper), "text"))
        shown.append(title)
    return shown, asked


def _listed(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return titles[0]
    return ("、".join(titles[:-1]) + "和" + titles[-1]).replace("》、《", "》《")


def _implements(uppers: Sequence[Upper]) -> list[str]:
    """The document above the upper one, as its own opening names it first with a number."""
    for upper in uppers:
        for step in ("引言", "通知"):
            clause = upper.text_of(step)
            if clause and (found := _TITLE.search(clause.text)):
                title = localised(found.group(), 0, (), upper.setting, clause.id).text
                bare = re.sub(r"[（(].*?[)）]$", "", title)
                own = {other.title for other in uppers}
                return [] if bare.strip("《》") in own else [title]
    return []


def _purpose(uppers: Sequence[Upper]) -> str:
    """Why, in the upper opening's own words: its parts that name neither document nor meeting."""
    if len(uppers) > 1:
        return ""
    clause = uppers[0].text_of("引言")
    if clause is None:
        return ""
    text = localised(clause.text.replace("\n", ""), 0, (), uppers[0].setting, clause.id).text
    text = re.sub(r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》(?:（[^（）]*号）)?", "《》", text).split(
        "。"
    )[0]
    text = re.sub(r"^[^：]{0,80}：", "", text)
    parts = _run(text.split("，"))
    parts = [re.sub(r"^(?:为|为了)(?=[一-鿿])", "", part).strip() for part in parts]
    return "".join(f"{part}，" for part in parts if len(part) > 4)[:160]


def _run(parts: Sequence[str]) -> list[str]:
    """The first parts in a row that say why: one behind a gap would have lost its subject."""
    said = [bool(_AIM.match(part)) and not _NOT_PURPOSE.search(part) for part in parts]
    start = next((i for i, yes in enumerate(said) if yes), len(parts))
    end = next((i for i in range(start, len(parts)) if not said[i]), len(parts))
    return list(parts[start:end])


def _anchor(upper: Upper) -> str:
    """The clause that stands for the whole plan: its opening, notice, title or first clause."""
    for step in ("引言", "通知", "标题"):
        if clause := upper.text_of(step):
            return clause.id
    return next((c.id for c in upper.parsed.clauses if c.id.startswith(upper.id)), upper.id)
