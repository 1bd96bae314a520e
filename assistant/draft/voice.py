"""Words of the upper level in the county's mouth: 我省 → 我县, 全省 → 全县, 省级 → 争创省级."""

from __future__ import annotations

import re

from assistant.draft.setting import Setting

_GRADES = (
    r"(?:国家级?、)?(?:国家级|省级|市级)(?!有关|相关|各|层面|财政|部门|单位|以上|政府|领导|专项)"
)
# Behind the upper place's name: it is part of another name, or one place of several.
_NOT_ITSELF = (
    r"(?!省|市(?!场)|县|自治区|财政|级|(?:人民)?政府|委(?:、|办|[一-鿿]{1,4}部)|至|到|—|-|）|、[一-鿿]{2,3}(?:、|等|两|三|和)|"
    r"[一-鿿]{0,8}?(?:大学|学院|学校|医院|机场|港(?!口)|集团|公司|银行|海关|铁路|高铁|高速|大桥|水库|电厂|矿|自贸|"
    r"自由贸易|保税|新区|高新|经开|经济带|开发区|示范区|试验区|城市群|都市圈|创业周|马拉松|博览会|展览会|交易会|"
    r"论坛|大赛|大会|文化节|艺术节|日报|电视台|证监|银监|保监|股权|产权|政务|信用|制造(?![业企])|精造|精品|品牌|沿海))"
)
_STRONG = re.compile(r"确保|必须|务必|严禁")
_WISHED = re.compile(r"力争|争取|争创")


def punctuated(text: str) -> str:
    """Full-width marks between Chinese words; 1.5% and 10,000 keep theirs."""
    pairs = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
    text = (
        re.sub(r"[ \t\u00a0\u3000]+", "", text)
        if not re.search(r"[A-Za-z] [A-Za-z]", text)
        else text
    )
    text = re.sub(r"(?<!\d)[,;:?!]|[,;:?!](?!\d)", lambda m: pairs[m.group()], text)
    text = re.sub(r"\(", "（", re.sub(r"\)", "）", text))
    text = re.sub(r"(?<=\d)[-~～](?=\d+(?:个|家|户|台|项|年|%))", "—", text)
    return re.sub(r"(?<=[一-鿿])\.(?=$|[一-鿿])", "。", text)


def spoken_by_county(sentence: str, setting: Setting) -> str:
    """One sentence with the level's own words exchanged; what it demands is not touched."""
    if setting.upper == "国":
        return _national(sentence, setting)
    for pattern, own in _of_level(setting.upper, setting.own):
        sentence = re.sub(pattern, own, sentence)
    if setting.of_districts and setting.own != "区":
        for pattern, own in _of_districts(setting.own):
            sentence = re.sub(pattern, own, sentence)
    sentence = _places(sentence, setting)
    for pattern, own in _of_plan(setting.upper, setting.own, setting.ours):
        sentence = re.sub(pattern, own, sentence)
    return _aspired(sentence)


def _of_level(u: str, own: str) -> tuple[tuple[str, str], ...]:
    """省 and 市 as the level's name for itself; the order counts: lists come first."""
    return (
        (rf"(?P<v>列入|纳入|进入|录入|入选)全{u}(?=[一-鿿\ue000-\uf8ff])", rf"申报\g<v>{u}级"),
        (rf"(?P<v>依托|利用|通过|对接|借助|使用|接入)全{u}", rf"\g<v>{u}"),
        (rf"为全{u}(?=积累|提供|创造|探索|作出|做出)", "为面上"),
        (rf"全{u}各级(?=[一-鿿、]{{2,30}}部门)", f"全{own}"),
        (rf"全{u}(?!场)", f"全{own}"),
        (rf"我{u}(?!场)", f"我{own}"),
        (rf"本{u}(?!场|级)", f"本{own}"),
        (rf"(?<![、城都本我全各门]){u}内(?!外)", f"{own}内"),
        (rf"(?<![、城都本我全各]){u}外(?=[一-鿿])", f"{own}外"),
        (rf"(?<![城都]){u}属(?=国有|企业|高校|院所)", f"{own}属"),
        (rf"(?<![城都]){u}本级", f"{own}本级"),
        (rf"{u}直(?=有关|各|部门|单位|机关)", f"{own}直"),
        (rf"(?<![城都上]){u}级(?=有关|相关|各部门|各单位|层面|部门)", f"{own}级"),
        (rf"(?<![一-鿿城都上、]){u}(?=各?(?:有关|相关)(?:部门|单位))", own),
        (rf"(?<!国家、)(?<=[由，、和与对]){u}(?=各?(?:有关|相关)(?:部门|单位))", own),
        (rf"副{u}长(?!质量)", f"副{own}长"),
        (
            rf"(?:^|(?<=[，；。、由和与]))(?<![报向])(?<!国家、){u}(?!场|级|直)"
            r"(?=[一-鿿]{2,10}(?:、[一-鿿]{2,8})*等?(?:行政)?(?:主管)?部门)",
            own,
        ),
    )


def _of_districts(own: str) -> tuple[tuple[str, str], ...]:
    """A city of districts says 区民政部门 and 区财政 where this county says 县."""
    return (
        (r"(?:^|(?<=[，；。、由和与经]))区(?=[一-鿿]{2,8}部门|[一-鿿]{1,6}局|财政|政府)", own),
        (r"(?<=市、)区(?!域|间|块|县|、|（)", own),
        (r"(?<![市地社园辖片])区级(?!别)", f"{own}级"),
    )


def _of_plan(u: str, own: str, ours: str) -> tuple[tuple[str, str], ...]:
    """The plan's name for itself, what it founds, and those whom it holds to account."""
    group = r"[^，。；]{2,16}(?:联席会议|领导小组|专班)"
    return (
        (r"本(?:实施|行动|工作|攻坚)(?=方案|意见|计划)", "本"),
        (r"本(?:计划|意见|办法|措施)(?=[，。；、的情执确各]|$)", "本方案"),
        (r"本地区|本地(?!区|化|人)", ours),
        (rf"(?P<v>的|建立|成立|健全|完善|组建|设立){u}(?={group})", rf"\g<v>{own}"),
        (r"各级(?=[\ue000-\uf8ff]?[一-鿿]{0,10}领导小组办公室)", ""),
        (r"(?P<v>对[^，。；]{2,20}的)地区(?!域|总部|性|级|分部|生产)", r"\g<v>单位"),
        (r"的地区(?=，?(?:严肃|依法|予以|给予|通报|约谈|经|通过量化))", "的单位"),
        (r"向(?:省|国家)(?=主管部门)", "向上级"),
        (r"同级财政(?=预算)", f"{own}级财政"),
        (rf"{ours}{own}内", ours),
    )


def _national(sentence: str, setting: Setting) -> str:
    sentence = re.sub(r"(?:建立|建设)(?=[完健]?[善全]?全国统一)", "对接", sentence)
    sentence = sentence.replace("全国县域", setting.whole)
    sentence = re.sub(
        r"(?<!面向)(?<!纳入)(?<!接入)全国(?=[^，。；]*[\d%\ue000-\uf8ff])(?!代表大会|爱国|示范|统一|性|人大|政协|平均|知名|前列|一流|重点|各|文明|最|工商|碳)",
        setting.whole,
        sentence,
    )
    sentence = re.sub(r"(?<!面向)全国(?=各地|范围内)", setting.whole, sentence)
    sentence = re.sub(r"我国(?=产业|企业|制造|经济|工业)", setting.ours, sentence)
    return _aspired(sentence)


_PRAISED = r"(?:健康|平安|美丽|数字|智慧|法治|幸福|文明|书香|创新|品质)"


def _places(sentence: str, setting: Setting) -> str:
    """The upper place's name, where it means its own territory (落户浙江, 结合黄冈实际)."""
    if setting.short:
        own_name = setting.profile.name[:-1] if len(setting.profile.name) > 2 else setting.ours
        sentence = re.sub(
            rf"(?P<word>{_PRAISED}){setting.short}(?!市|省)", rf"\g<word>{own_name}", sentence
        )
    for name in (setting.region, setting.short):
        if name:
            own = rf"(?<![、（和与及至到—-]){name}{_NOT_ITSELF}"
            sentence = re.sub(own, setting.ours, sentence)
    return sentence


def _aspired(sentence: str) -> str:
    """A title that a higher level awards is striven for; never where the duty is firm."""
    if _STRONG.search(sentence):
        return sentence
    parts = sentence.split("，")
    wished = False
    for i, part in enumerate(parts):
        wished = wished or bool(_WISHED.search(part))
        verb = "创建" if wished else "争创"
        part = re.sub(rf"(?:建设|建成|培育|打造)(?=[\ue000-\uf8ff]?{_GRADES})", verb, part)
        parts[i] = re.sub(r"(?:创建|争创)、?(?:创建|争创)", verb, part)
    return "，".join(parts)


def tidied(text: str) -> str:
    """Marks that a removed word leaves doubled or at the wrong end."""
    text = re.sub(r"([，、；])(?=[。；，、])", "", text)
    text = re.sub(r"^[，、；。]+", "", text)
    text = re.sub(r"。[、，]", "。", text)
    text = re.sub(r"。{2,}", "。", text).replace("的的", "的")
    text = re.sub(r"；。", "。", text)
    return text.strip()
