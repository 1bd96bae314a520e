"""Places in the names of issuers and titles, and the level that a place stands for."""

from __future__ import annotations

import re

from index.types import Level

# 市 ends a place unless it begins 市场, 市级, 市民 (but not 市民政局) or 市政 (but not 市政府).
_NO_CITY = r"(?!场|值|区|级|域|容|面|直(?!属)|民(?!政|族|营|宗)|政(?!府|协|务|法))"
_PROVINCE = (
    r"[一-鿿]{2,3}省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:北京|天津|上海|重庆)市"
)
_CITY = rf"[一-鿿]{{2,4}}?市{_NO_CITY}|[一-鿿]{{2,8}}?自治州|[一-鿿]{{2,4}}?(?:地区|盟(?!市))"
_COUNTY = (
    r"[一-鿿]{1,7}?自治县|(?!委)[一-鿿]{1,3}?"
    rf"(?:县(?![级域])|旗|区(?![域块])|市(?!委){_NO_CITY})"
)
_PLACE = re.compile(rf"(?P<province>{_PROVINCE})?(?P<city>{_CITY})?(?P<county>{_COUNTY})?")
_NO_PLACE = re.compile(
    r"^(?:各|全|本|我|该|省|市|县|区|进一步|推|促)|关于|共和国|电力|开发区$|示范区$|自由贸易|[发监函办]市$"
)
_VERTICAL = re.compile(
    r"^(?:中国(?:银保监会|银监会|保监会|证监会|人民银行)"
    r"|国家(?:金融监督管理总局|税务总局|能源局|统计局))(?=[一-鿿]{2})"
)
_BRANCH = re.compile(r"^([一-鿿]{2,4}?)(?:监管|银保监|银监|保监|证监)分?(?:局|办公室|办)")
_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 "
    "湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆"
).split()
_NATIONAL = re.compile(
    r"^(?:中共中央|国务院|中华人民共和国|国家|全国|审计署|中国人民银行|"
    r"(?:教育|科技|工业和信息化|公安|民政|司法|财政|人力资源(?:和)?社会保障|自然资源|生态环境|"
    r"住房(?:和)?城乡建设|交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急(?:管理)?)部)"
)


def place_of(words: str) -> str:
    """The place whose name opens the words (浙江省…, 六盘水市…, 焦作市修武县…), or ''."""
    words = re.sub(r"^(?:中共|关于|印发|《|转发|【|\s)+", "", words)
    words = _VERTICAL.sub("", re.sub(r"^(?:关于印发|印发)?《?", "", words))
    if branch := _BRANCH.match(words):
        return branch.group(1)
    if found := _PLACE.match(words):
        place = "".join(part or "" for part in found.groups())
        if place and not _NO_PLACE.search(place):
            return place
    return next((p for p in _PROVINCES if words.startswith(p)), "")


def level_of(region: str, issuer: str) -> Level:
    """The level of a place; of a national issuer, national; '' where neither says."""
    if _NATIONAL.match(issuer) and not region:
        return "national"
    found = _PLACE.fullmatch(region)
    if not found or not region:
        return "province" if region in _PROVINCES else ""
    if found.group("county"):
        return "county"
    if found.group("city"):
        return "city"
    return "province" if found.group("province") else ""
