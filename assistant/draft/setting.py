"""Who speaks to whom: the upper level's words and the county's own, for one draft."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

import rjieba

from assistant.draft.profile import Profile
from index.types import Document

_OF_THE_STATE = r"中央一号文件|各省、自治区、直辖市|(?:^|\n)国务院[^\n。]{2,40}\n|各省（区、市）"
_OFTEN = 6  # a plan names its own place at least this often
_KIND = {"national": "国", "province": "省", "city": "市", "county": "县"}
_WORD = {"national": "国家", "province": "省", "city": "市", "county": "县"}


@dataclass(frozen=True, slots=True)
class Setting:
    """``upper`` is the level in one word (省, 市); ``region`` the upper place's own full name."""

    upper: str
    region: str
    short: str
    profile: Profile
    year: int
    founds_meeting: bool = False
    with_lead: bool = False
    theme: str = ""
    of_districts: bool = False
    several_years: frozenset[str] = frozenset()

    @property
    def is_autonomous(self) -> bool:
        """An autonomous region calls itself 自治区 and 全区 where a province says 省 and 全省."""
        return self.upper == "省" and self.region.endswith("自治区")

    def kept(self, name: str) -> str:
        """An upper body that stays; in a county-level city 市 alone would be its own."""
        if self.own == self.upper and self.region and name.startswith(self.upper):
            return self.region + name.removeprefix(self.upper)
        return name

    @property
    def province(self) -> str:
        """The profile's, else that of a provincial document."""
        return self.profile.province or (self.region if self.region.endswith("省") else "")

    @property
    def own(self) -> str:
        return self.profile.kind

    @property
    def whole(self) -> str:
        return f"全{self.own}"

    @property
    def ours(self) -> str:
        return f"我{self.own}"

    @property
    def level_word(self) -> str:
        """How the plan names the level that set something (省定, 市定)."""
        if self.is_autonomous:
            return "自治区"
        return "国家" if self.upper == "国" else self.upper

    @property
    def scope_word(self) -> str:
        return "全区" if self.is_autonomous else f"全{self.upper}"


def setting_of(document: Document, profile: Profile) -> Setting:
    """The setting of one upper document; a region's last part is the place that issued it."""
    upper = _KIND.get(document.level, "") or _guessed(document)
    if document.region[-1:] in {"市", "州", "盟"} and upper in {"省", "市"}:
        upper = document.region[-1]  # a direct municipality, a prefecture
    region = _own_place(document.region, upper) or _most_named(document.text, upper)
    short = re.sub(r"(?:省|市|自治区|自治州|地区|盟|县|区)$", "", region)
    short = re.sub(r"(?:壮族|回族|维吾尔|藏族|彝族|苗族|蒙古族?)$", "", short) or short
    return Setting(
        upper=upper,
        region=region,
        short=short if len(short) > 1 else "",
        profile=profile,
        year=profile.year or _year(document),
        of_districts=upper == "市" and document.text.count("各区") > document.text.count("县"),
        founds_meeting=bool(
            re.search(r"建立[^。]{0,30}联席会议|成立[^。]{0,30}领导小组", document.text)
        ),
    )


def _guessed(document: Document) -> str:
    """The level by its words, where the document names no place."""
    if re.search(r"自治区(?:人民)?政府", document.text):
        return "省"
    if re.search(_OF_THE_STATE, document.text[:4000]):
        return "国"
    counts = {
        u: len(re.findall(rf"全{u}(?!场)|{u}政府|{u}级|我{u}(?!场)|{u}财政", document.text))
        for u in "省市"
    }
    best = max(counts, key=lambda u: counts[u])
    return best if counts[best] else "省"


def _most_named(text: str, upper: str) -> str:
    """Where nothing says whose plan it is: the place of that level that it names most."""
    if found := re.search(r"[一-鿿]{2,8}?自治区(?=人民政府)", text):
        return found.group()
    if upper not in {"省", "市"}:
        return ""
    counts = Counter(
        word.removesuffix(upper)
        for word, flag in rjieba.tag(text)
        if flag == "ns" and len(word.removesuffix(upper)) > 1
    )
    for place, times in counts.most_common(3):
        if times >= 3 and f"{place}{upper}" in text:
            return f"{place}{upper}"
    full = {name for name, flag in rjieba.tag(text) if flag == "ns" and name[-1] == upper}
    often = {name: text.count(name[:-1]) for name in full if len(name) > 2}
    best = max(sorted(often), key=lambda name: often[name], default="")
    return best if often.get(best, 0) >= _OFTEN else ""


def _own_place(region: str, upper: str) -> str:
    """河南省焦作市 issued by the city is 焦作市."""
    if upper in {"市", "州", "盟"}:
        return re.sub(r"^[一-鿿]{2,3}(?:省|自治区)|^.*?自治区", "", region)
    return region


def _year(document: Document) -> int:
    for words in (document.date or "", document.doc_no or "", document.title):
        if found := re.search(r"(?:19|20)\d{2}", words):
            return int(found.group())
    # A document without a date is at least as late as the last one that it names by its number.
    cited = [int(year) for year in re.findall(r"[〔\[](20[0-2]\d)[〕\]]\d*号?", document.text)]
    return max(cited, default=date.today().year)
