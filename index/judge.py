"""Which figures of a passage are set as targets, and which are only said.

A project's threshold, a tax or subsidy rate, a reward, a condition, what was already reached and
how many bodies somebody speaks of are figures too; nobody has to reach them.
"""

from __future__ import annotations

import re
from typing import Literal

from index.passage import Passage, Piece
from index.quantity import HOLE, Quantity

Role = Literal["target", "baseline", "threshold", "parameter"]

# Words that make somebody reach a number. The list is long because the number alone says nothing.
_REACHES = re.compile(
    r"新增|新建|改扩建|扩建|改建|建成|建设|建立|建起|创建|创成|争创|打造|培育|培养|培训|引进|引育|引入|"
    r"招引|招录|招聘|招收|选派|选拔|选树|评选|评定|认定|遴选|选择|选定|扶持|支持|推动|推进|促成|促进|组织|"
    r"开展|举办|实施|完成|实现|达到|到达|突破|超过|申报|争取|推荐|吸引|撬动|带动|服务|帮扶|安排|"
    r"投入|投放|筹集|落实|整合|设立|组建|布局|铺设|部署|开发|开工|竣工|投产|改造|整治|治理|取缔|"
    r"淘汰|关停|关闭|压减|化解|退出|处置|削减|减少|降低|下降|增加|增长|提高|提升|扩大|发展|覆盖|惠及|"
    r"解决|转移|输送|推广|应用|制定|制修订|修订|发布|出台|形成|获得|获批|取得|拥有|保持|稳定|控制|配备|"
    r"配置|配建|购置|更新|采购|储备|供应|提供|出栏|存栏|种植|造林|绿化|修复|恢复|抚育|检查|抽查|抽检|"
    r"监测|检测|走访|排查|受理|办理|办结|发放|授信|发行|上市|挂牌|备案|入库|转化|签约|落地|"
    r"累计|总数|总量|力争|确保|滚动|每年|达(?=[^成标])|建(?=□?\d)|进入|拆除|搬迁|回收|流转|复垦|参加|录取|"
    r"表彰|奖励|命名|通过|接待|出口|利用|消纳|生产|收购|加工|投资|资助|救助|安置|就业|脱贫|减贫"
)
_NOT_ITS_OBJECT = re.compile(
    r"(?:在|等|将|把|由|向|从|于|依托|围绕|聚焦|针对|突出|抓住|把握|坚持|涉及|包括|包含|按照|按|符合|结合|"
    r"以|为抓手|分为|分|共|上述|这|该|其他|其余|各|同|与)(?:全[省市县区])?$"
)
_SPOKEN_OF = re.compile(r"(?:对|全[省市县区国]|我[省市县区]|本[省市县区]|^|的)$")
_DONE = re.compile(
    r"已(?:经|有|建|成|达|完成|实现|累计|形成|突破|超过|先后|组织|开展)|截[至止]|目前|现有|同比|比上年|"
    r"上年同期|去年|近年来|历年|曾|尚有|仍有|仅有|原有"
)
_MONEY_RULE = re.compile(
    r"补助|补贴|奖励|奖补|资助|贴息|补偿(?!机制)|给予|予以|一次性|罚款|罚金|处以|违约金|滞纳金|税率|征收|"
    r"加计|抵扣|摊销|抵免|减免|减按|免征|减征|返还|退还|退税|底价|出让价|起始价|起拍|租金|保证金|"
    r"利率|贴现|封顶|上限|注册资[本金]|计提|分成|留成|报销|自付|个人缴费|缴纳|每人每[月年天日次]|"
    r"按(?:照)?[^,;。]{0,40}(?:确定|执行|计算|收取|拨付|补|奖|安排)|资金支持$|下浮|上浮|折扣|免息|保费"
)
_RULE_AFTER = re.compile(
    r"^\s*的?(?:税率|利率|比例(?:给予|予以|补|奖|计)|标准|价格|幅度|额度|(?:财政)?(?:奖励|补助|补贴|奖补|资助|优惠|"
    r"贴息|补偿)|加计|摊销|股权|股份|以内给予|罚款|征收|确定)"
)
_RAISED = re.compile(r"(?:标准|补助|补贴|报销)[^,;。]{0,12}(?:提高到|提高至|达到|不低于)")
# 投资额5000万元以上企业改造项目: a size, then those that have it.
_HAS_SIZE = re.compile(
    r"^\s*(?:的)?[^,;。、]{0,24}?(?:企业|项目|工程|单位|机构|园区|基地|机组|锅炉|矿井|煤矿|设备|产业集群|集群|用户|"
    r"社区|村|医院|学校|人员|老人|老年人|儿童|人口|人群|居民|妇女|家庭|农户|建筑|水库|河流|产品|合同|事项|案件|"
    r"土地|道路|公路|桥梁|车辆|船舶|城市|乡镇|县|区|镇|店|商场|生产线|装置|窑炉|机动车|女性|男性|青少年|学生)"
)
_QUALIFIED = re.compile(
    r"^[^,;。\d]*的[^,;。\d]*(?:企业|项目|工程|单位|机构|园区|机组|锅炉|产品|用户|农户)[^,;。\d]{0,8}$"
)
_MONEY_NOUN = re.compile(
    r"^\s*的?(?:[^,;。、项企工单机]{0,8})(?:资金|投资|贷款|经费|产值|收入|融资|授信|债券|基金|任务|工作|目标|份额|用于)"
)
_TIME_METRIC = re.compile(r"时间|时限|周期|寿命|年限|天数|时长|办结|审批|环节|停电|期限")
_INDEX = re.compile(
    r"(?:指数|系数|得分|评分|分值|总数|总量|数量|满意度|浓度|比值|师生比|系数|值|率|比|数)"
    r"[^,;。、\d]{0,8}$"
)
_BASELINE = re.compile(r"(?:从|由|自)□*(?:的|末的|底的)?\s*(?:约|近)?$")
_TURNS = re.compile(
    r"^\s*(?:左右|以上|以下)?\s*(?:分别)?(?:逐步|进一步|稳步)?(?:提|增|上|下|降|压|减|扩|发|缩|升|调|到|至|攀)"
)


def role(passage: Passage, q: Quantity) -> Role:
    """What a figure is in its sentence."""
    clear = passage.clear
    piece = passage.piece_at(q.number.start)
    before, after = clear[piece.start : q.span.start], clear[q.span.end : piece.end]
    if _BASELINE.search(before) and (_TURNS.search(after) or not after):
        return "baseline"
    if q.kind == "ordinal" or re.search(r"(?:的|者)\s*$", clear[q.span.end : piece.end]):
        return "parameter"
    if _is_threshold(q, before, after):
        return "threshold"
    if _is_done(passage, piece, clear) or _is_money_rule(passage, q, piece, clear):
        return "parameter"
    return "target" if _JUDGES[q.kind](passage, q, piece, clear) else "parameter"


def _is_threshold(q: Quantity, before: str, after: str) -> bool:
    if q.op == "=" or not after.strip():
        return bool(q.kind == "amount" and q.op == "=" and re.match(r"级", after))
    if re.match(r"\s*(?:[、和与]|以?及|或)", after):
        # 年营业收入1亿元以下、成长快的企业; but 收入超过1亿元、税收超过1000万元.
        return q.kind in ("amount", "measure", "duration") and bool(_QUALIFIED.match(after))
    if q.kind in ("percent", "points", "multiple"):
        return bool(re.match(r"\s*(?:股|的(?:企业|项目|单位|机构|县|村|地区))", after))
    if q.kind == "count" and not q.unit.endswith(("人", "岁", "名", "张", "次", "户次", "亩")):
        return False
    if q.kind == "count" and q.unit[-1] in "人名张次" and _REACHES.search(before):
        return bool(re.match(r"\s*的(?!高|专|优|骨|领|青|中|基|职)", after))
    if q.kind == "amount" and _MONEY_NOUN.match(after):
        return False
    return bool(re.match(r"\s*的(?=[^,;。])", after) or _HAS_SIZE.match(after))


def _is_done(passage: Passage, piece: Piece, clear: str) -> bool:
    """What was reached before the plan: the sentence says so, and no later deadline follows."""
    start = passage.sentence_start(piece)
    said = _DONE.search(clear, start, piece.end)
    return said is not None and not re.search("力争|确保|争取|要", clear[said.end() : piece.end])


def _is_money_rule(passage: Passage, q: Quantity, piece: Piece, clear: str) -> bool:
    if q.kind not in ("amount", "percent", "duration", "multiple", "points"):
        return False
    words = clear[piece.start : piece.end]
    if _RAISED.search(words):
        return False
    if _RULE_AFTER.match(clear[q.span.end : piece.end]) or _MONEY_RULE.search(words):
        return True
    if q.kind == "amount" and re.search(
        r"最高|每[人户亩家个项台件名](?!均)", clear[piece.start : q.number.start]
    ):
        return True
    # 年度补助金额…,最高不超过300万元: what stands before the number says nothing of its own.
    bare = re.sub(
        r"[□\s]|最高|最低|不超过|不低于|达到|可|的", "", clear[piece.start : q.number.start]
    )
    previous = passage.before(piece)
    return bool(
        len(bare) < 2 and previous and _MONEY_RULE.search(clear[previous.start : previous.end])
    )


def _rate(passage: Passage, q: Quantity, piece: Piece, clear: str) -> bool:
    said = re.sub(r"[□\s]", "", clear[passage.sentence_start(piece) : q.number.start])
    return len(said) >= 2


def _sum(passage: Passage, q: Quantity, piece: Piece, clear: str) -> bool:
    return _counted(passage, q, piece, clear)


def _counted(passage: Passage, q: Quantity, piece: Piece, clear: str) -> bool:
    before, after = clear[piece.start : q.span.start], clear[q.span.end : piece.end]
    timed = _is_timed(passage, piece, q)
    in_words = not clear[q.number.start].isascii() and clear[q.number.start] != HOLE
    if in_words and q.op == "=" and not timed:
        return False
    if re.search(r"增", clear[q.span.start : q.number.start]):
        return True
    if _NOT_ITS_OBJECT.search(before.rstrip(" □")):
        return False
    if not after.strip() or after.lstrip()[0] in "、和及与,)或" or q.op == "+":
        return len(re.sub(r"[□\s]", "", before)) >= 2 or timed or _continues(passage, q, piece)
    if _REACHES.search(_since_start(passage, piece, q, clear)):
        return not (_SPOKEN_OF.search(before.rstrip(" □")) and not timed)
    return timed and bool(_REACHES.search(after))


def _continues(passage: Passage, q: Quantity, piece: Piece) -> bool:
    """关停机组6台,10.4万千瓦: the same thing measured in another unit."""
    previous = passage.before(piece)
    return previous is not None and any(
        other.span.end == previous.end and other.unit != q.unit for other in passage.quantities
    )


def _since_start(passage: Passage, piece: Piece, q: Quantity, clear: str) -> str:
    """The words from the head of the list that the figure stands in."""
    head = clear[piece.start : q.span.start]
    previous = passage.before(piece)
    if len(re.sub(r"[□\s]", "", head)) < 2 and previous is not None:
        return clear[previous.start : q.span.start]
    return head


def _is_timed(passage: Passage, piece: Piece, q: Quantity) -> bool:
    start = passage.sentence_start(piece)
    return any(
        t.binds or t.kind in ("recurring", "within") for t in passage.times_in(start, q.span.start)
    )


def _lasting(passage: Passage, q: Quantity, piece: Piece, clear: str) -> bool:
    before = clear[piece.start : q.span.start]
    return bool(_TIME_METRIC.search(before)) and bool(
        re.search(r"压缩|缩短|压减|减少|提高|达到|延长|控制|降|不超过|为|增加", before)
    )


def _index(passage: Passage, q: Quantity, piece: Piece, clear: str) -> bool:
    return bool(_INDEX.search(clear[piece.start : q.number.start]))


def _never(passage: Passage, q: Quantity, piece: Piece, clear: str) -> bool:
    return False


_JUDGES = {
    "amount": _sum,
    "percent": _rate,
    "points": _rate,
    "multiple": _rate,
    "count": _counted,
    "measure": _counted,
    "duration": _lasting,
    "number": _index,
    "ordinal": _never,
}
