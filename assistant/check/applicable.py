"""Whether a task that nothing answers had to be answered: judged by the plan and by the draft.

A clause that binds only the upper level, a named place or pilots asks nothing of a county that is
none of these; a draft that calls its county a pilot is asked after all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.cutting import halved
from assistant.check.types import Requirement, Sentence

_PILOT = re.compile(r"试点|示范县|激励县|先行区|示范区")
_IS_ONE = re.compile(
    r"(?:我县|本县|我区|本区|我市|本市|全县|全区|我镇|[一-鿿]{2,4}[县区])[^。；，]{0,10}"
    r"(?:作为|列入|列为|被(?:确定|列|评|纳)[^，。；]{0,8}|入选|获批|确定为|属于|是)[^，。；]{0,30}"
    r"(?:试点(?!企业)|示范县|激励县|先行区|示范区)"
)
_IS_NONE = re.compile(r"(?:未|没有|尚未|不)(?:被)?(?:列入|列为|纳入|入选|属于|是)")
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
_SHORT = 80  # a clause this long asks for more than the one thing that is above the county
_USUAL = 0.75  # share of lists that name the lower level, above which a list without it means it


def names_lower_level(requirements: Sequence[Requirement]) -> bool:
    """Whether the plan names the lower level wherever it means it."""
    listed = [r for r in requirements if r.task.agencies]
    naming = [r for r in listed if _lower(r)]
    return len(listed) >= 6 and len(naming) >= _USUAL * len(listed)


def _lower(requirement: Requirement) -> bool:
    return any(_LOWER.search(halved(agency.name)) for agency in requirement.task.agencies)


def excused(requirement: Requirement, draft: Sequence[Sentence], by_level: bool) -> str | None:
    """Why a task that the draft does not answer is not held against it, or None."""
    task = requirement.task
    said = [s for s in requirement.sentences if not s.heading] or requirement.sentences
    told = [halved(sentence.text) for sentence in said]
    text = "".join(told)
    if _CHOOSES.search(text) and not _lower(requirement):
        return "由上级选定试点，县级无从实施"
    if task.county == "conditional" and not _lower(requirement):
        return None if _is_pilot(draft) and _PILOT.search(text) else task.county_reason
    if task.county == "province_only" and _only_above(task.county_reason, told):
        return task.county_reason
    if _ABOVE.search(text) and len(text) <= _SHORT and not _lower(requirement):
        return "属上级事权，县级没有相应权限"
    if by_level and task.agencies and not _lower(requirement):
        return "责任单位不含下级，只约束上级部门"
    return None


def _only_above(reason: str, told: Sequence[str]) -> bool:
    """A subsidy of the upper level beside work for all is no reason; nor are bodies that have
    branches in the county (人行, 金融监管)."""
    if "垂直" in reason:
        return False
    return "领导小组" in reason or all(_ACTS.search(sentence) for sentence in told)


def _is_pilot(draft: Sequence[Sentence]) -> bool:
    """Whether the draft says that its county is a pilot."""
    return any(_IS_ONE.search(s.text) and not _IS_NONE.search(s.text) for s in draft)
