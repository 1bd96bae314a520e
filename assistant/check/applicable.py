"""Whether a task that nothing answers had to be answered: judged by the plan and by the draft.

A clause that binds only the upper level, a named place or pilots asks nothing of a county that is
none of these; a draft that calls its county a pilot is asked after all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check.cutting import halved
from assistant.check.types import Requirement
from index.types import Parsed

_PLACE = re.compile(
    r"[^各全省我本县区乡城股超上大中小都该地市级国内外门夜\W\d][^各全省我本县区乡城股超上大中小都该地市级国内外\W\d]"
    r"(?:市(?![场区级直政属域容委民])|县(?![域级区委政]))"
)
_CONDITIONS = ("激励", "试点", "先行区", "示范")
_SELF = re.compile(r"[我本全][县区市镇州旗]|[一-鿿]{2,4}[县区镇](?![一-鿿]{0,3}[、，]?企业)")
_IS_ONE = (
    r"(?:作为|列入|列为|被(?:确定|列|评|纳|选)[^，。；]{0,8}|入选|获批|获评|确定为|纳入|属于|是)"
    r"[^，。；]{0,30}WORD(?!企业|项目|工作|任务|工程)"
)
_IS_NONE = re.compile(r"(?:未|没有|尚未|不|非)(?:被)?(?:列入|列为|纳入|入选|属于|是|获批)|不在")
_NAMED_PLACE = re.compile(r"^仅限点名地区：(?P<place>[一-鿿]{2,6}?)(?:市|县|区|州)?(?:人民)?政府")
_CHOOSES = re.compile(
    r"(?:选择?|遴选|选取|确定|挑选)[^。；]{0,60}(?:县|市|区|地区|园区)[^。；]{0,20}(?:试点|示范)"
)
_ABOVE = re.compile(
    r"境外经贸合作区|自由贸易试验区|自贸区|自贸试验区|综合保税区|中欧班列|国家级新区|地方性法规|立法|"
    r"(?:省|市)级(?:专项资金|财政)[^。；]{0,20}(?:安排|给予|奖励)|对(?:各)?(?:市|县)[^。；]{0,12}(?:奖励|考核排名)|"
    r"(?:国家|央企|部委|部省|省部)[^。；]{0,10}(?:共建|合作协议)"
)
_LOWER = re.compile(r"^(?:各|有关|相关)[^，。]{0,20}(?:县|区|镇|乡|街道|旗)")
_ACTS = re.compile(
    r"(?:国家|省|自治区|市)(?:政府|人民政府|财政|级财政|本级财政)[^。；]{0,40}"
    r"(?:安排|给予|设立|组织|统筹|奖励|整合|补助)"
)
_DISOWNS = re.compile(
    r"(?:由|归)(?:国家|省|自治区|市|上级)[^，。；]{0,30}?(?:统一|负责|承担|组织|制定|建设|实施|发布|运营)"
    r"[^。；]{0,30}[，,](?:我|本)[县区市旗镇][^，。；]{0,6}?(?:不再?(?:承担|另行|单独|重复|负责)|无需)"
)
_HEAD = 120  # characters in which a draft says whose it is
_SHORT = 80  # a clause this long asks for more than the one thing that is above the county
_USUAL = 0.75  # share of lists that name the lower level, above which a list without it means it


def names_lower_level(requirements: Sequence[Requirement]) -> bool:
    """Whether the plan names the lower level wherever it means it."""
    listed = [r for r in requirements if r.task.agencies]
    naming = [r for r in listed if _lower(r)]
    return len(listed) >= 6 and len(naming) >= _USUAL * len(listed)


def _lower(requirement: Requirement) -> bool:
    return any(_LOWER.search(halved(agency.name)) for agency in requirement.task.agencies)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the draft says of its county: where it lies, and what it is a pilot of."""

    place: str
    claims: tuple[str, ...]

    def is_one(self, word: str) -> bool:
        claim = re.compile(_IS_ONE.replace("WORD", word))
        return any(claim.search(part) for part in self.claims)


def standing(draft: Parsed) -> Standing:
    """Its claims, the notice and the introduction counted in; 不属于激励县 is none."""
    claims = [
        part
        for sentence in re.split(r"[。；;\n]", draft.document.text)
        if _SELF.search(sentence)
        for part in re.split(r"[，,]", sentence)
        if not _IS_NONE.search(part)
    ]
    head = draft.document.text[:_HEAD]
    return Standing(f"{draft.document.region}{draft.document.title}{head}", tuple(claims))


def excused(requirement: Requirement, county: Standing, by_level: bool) -> str | None:
    """Why a task that the draft does not answer is not held against it, or None."""
    task = requirement.task
    said = [s for s in requirement.sentences if not s.heading] or requirement.sentences
    told = [halved(sentence.text) for sentence in said]
    text = "".join(told)
    if (place := _place_apart(told, requirement)) and not _named_by(place, county):
        return f"只涉及{place}"
    if _CHOOSES.search(text) and not _lower(requirement):
        return "由上级选定试点，县级无从实施"
    if task.county == "conditional" and not _lower(requirement):
        return None if _meets(task.county_reason, text, county) else task.county_reason
    if task.county == "province_only" and _only_above(task.county_reason, told):
        return task.county_reason
    if _ABOVE.search(text) and len(text) <= _SHORT and not _lower(requirement):
        return "属上级事权，县级没有相应权限"
    if by_level and task.agencies and not _lower(requirement):
        return "责任单位不含下级，只约束上级部门"
    return None


def disowned(sentence: str) -> bool:
    """Whether the draft says there that others above do the work and the county does not."""
    return bool(_DISOWNS.search(halved(sentence).replace(",", "，")))


def _place_apart(told: Sequence[str], requirement: Requirement) -> str | None:
    """A place below the plan's own that most of the clause is about (建成沁阳市静脉产业园)."""
    found = [set(_PLACE.findall(sentence)) for sentence in told]
    named: Counter[str] = Counter(name for names in found for name in names)
    home = f"{requirement.document.region}{requirement.document.title}"
    for name, times in named.most_common(1):
        again = "".join(told).count(name) > 1
        if again and 2 * times >= len(told) and name not in home:
            return name
    return None


def _named_by(place: str, county: Standing) -> bool:
    return place[:-1] in county.place


def _only_above(reason: str, told: Sequence[str]) -> bool:
    """A subsidy of the upper level beside work for all is no reason; nor are bodies that have
    branches in the county (人行, 金融监管)."""
    if "垂直" in reason:
        return False
    return "领导小组" in reason or all(_ACTS.search(sentence) for sentence in told)


def _meets(reason: str, text: str, county: Standing) -> bool:
    """The county is the place that is named, or the kind of pilot that is meant."""
    named = _NAMED_PLACE.search(reason)
    if named and not any(word in reason for word in _CONDITIONS):
        return named["place"] in county.place
    word = next((word for word in _CONDITIONS if word in f"{reason}{text}"), None)
    return word is not None and county.is_one(word)
