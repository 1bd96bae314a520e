"""Figures that nobody has to reach: sizes of things, rates and sums of rules, what was done."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.passage import Passage, Piece
from index.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with its words: ``before`` and ``after`` it in its piece, dates and names blanked.

    ``timed``: its own sentence says when or how often; ``dated``: that, or a year carried to it;
    ``ruled``: it stands in an article of a regulation."""

    passage: Passage
    q: Quantity
    piece: Piece
    before: str
    after: str
    timed: bool
    dated: bool
    ruled: bool

    @property
    def words(self) -> str:
        return self.passage.clear[self.piece.start : self.piece.end]

    @property
    def lead(self) -> str:
        """The words in front of the numeral, comparators included."""
        return self.passage.clear[self.piece.start : self.q.number.start]


# Words that make somebody reach a number. The list is long because the number alone says nothing.
REACHES = re.compile(
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
_DONE = re.compile(
    r"已(?:经|有|建|成|达|完成|实现|累计|形成|突破|超过|先后|组织|开展)|截[至止]|(?<![由从])目前|现有(?![^,;。]{0,12}基础)|同比|比上年|"
    r"上年同期|去年|近年来|历年|曾|尚有|仍有|仅有|原有"
)
_MONEY_RULE = re.compile(
    r"补助|补贴|奖励|奖补|资助|贴息|补偿(?!机制)|给予|予以|一次性|罚款|罚金|处以|违约金|滞纳金|税率|征收|"
    r"加计|抵扣|摊销|抵免|减免|减按|免征|减征|返还|退还|退税|底价|出让价|起始价|起拍|租金|保证金|"
    r"利率|贴现|封顶|上限|注册资[本金]|计提|分成|留成|报销|自付|个人缴费|缴纳|每人每[月年天日次]|"
    r"按(?:照)?[^,;。]{0,40}(?:确定|执行|计算|收取|拨付|补|奖|安排)|资金支持$|单[户笔个][^,;。]{0,4}额度|授信额度|下浮|上浮|折扣|免息|保费"
)
_RULE_AFTER = re.compile(
    r"^\s*的?(?:税率|利率|比例(?:给予|予以|补|奖|计)|标准|价格|幅度|额度|(?:财政)?(?:奖励|补助|补贴|奖补|资助|优惠|"
    r"贴息|补偿)|加计|摊销|股权|股份|以内给予|罚款|征收|确定)"
)
_RAISED = re.compile(r"(?:标准|补助|补贴|报销)[^,;。]{0,12}(?:提高到|提高至|达到|不低于)")
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


def is_condition(said: Said) -> bool:
    """超过5000万元的，…: who the rule is for."""
    return bool(re.search(r"(?:的|者)\s*$", said.after)) or (
        said.q.kind == "percent" and bool(_SHARE_OF.search(said.words))
    )


def is_threshold(said: Said) -> bool:
    q, before, after = said.q, said.before, said.after
    if q.kind == "amount" and q.op != "=" and _COUNTED_THING.search(before):
        return True
    if q.op == "=" or not after.strip():
        return bool(q.kind == "amount" and q.op == "=" and re.match(r"级", after))
    if re.match(r"\s*(?:[、和与]|以?及|或)", after):
        # 年营业收入1亿元以下、成长快的企业; but 收入超过1亿元、税收超过1000万元.
        return q.kind in ("amount", "measure", "duration") and bool(_QUALIFIED.match(after))
    if q.kind in ("percent", "points", "multiple"):
        # 占比50%以上的企业; but 60%以上的县达到标准 asks it of them.
        return bool(re.match(r"\s*(?:股|的(?:企业|项目|单位|机构|县|村|地区))", after)) and bool(
            before.strip("□ ")
        )
    if q.unit.endswith("岁"):
        return True
    if q.kind == "count" and not q.unit.endswith(("人", "岁", "名", "张", "次", "户次", "亩")):
        return False
    if q.kind == "count" and q.unit[-1] in "人名张次" and REACHES.search(before):
        return bool(re.match(r"\s*的(?!高|专|优|骨|领|青|中|基|职)", after))
    if q.kind == "amount" and _MONEY_NOUN.match(after):
        return False
    return bool(re.match(r"\s*的(?=[^,;。])", after) or _HAS_SIZE.match(after))


# 培育5家营业收入超百亿元的企业: the sum is the size of what is counted.
_COUNTED_THING = re.compile(r"\d\s?[家个户项][^、,;。\d达实完]{0,8}$")


def is_done(said: Said) -> bool:
    """What was reached before the plan: the sentence says so, and no will follows."""
    clear, piece = said.passage.clear, said.piece
    past = _DONE.search(clear, said.passage.sentence_start(piece), piece.end)
    if past is None:
        return False
    later = said.passage.times_in(past.end(), said.q.number.start)
    if any(time.binds for time in later) and "截" not in past[0]:
        return False  # 现有100家，到2025年达到200家
    return not re.search("力争|确保|争取|要|基础上", clear[past.end() : said.q.number.start])


def is_money_rule(said: Said) -> bool:
    """Rates and sums of subsidies, taxes, rewards, penalties, prices."""
    if said.q.kind not in ("amount", "percent", "duration", "multiple", "points"):
        return False
    if said.dated and _RAISED.search(said.words):
        return False
    if _RULE_AFTER.match(said.after) or _MONEY_RULE.search(said.words):
        return True
    if re.search(
        r"(?:^|[□\s,])按(?:照)?[^,;。提]{0,2}$|标准为|扶持(?:金额|标准|的标准|按)?$", said.before
    ):
        return True
    if said.q.kind == "amount" and re.search(r"最高|每[人户亩家个项台件名](?!均)", said.lead):
        return True
    # 年度补助金额…,最高不超过300万元: what stands before the number says nothing of its own.
    if said.before.strip() == "含":
        return True
    if re.search(r"(?:^|[□\s])以$", said.before) and said.after.startswith("的比例"):
        return True
    bare = re.sub(r"[□\s、]|最高|最低|不超过|不低于|达到|可|的|分别", "", said.lead)
    previous = said.passage.before(said.piece)
    if len(bare) >= 2 or previous is None:
        return _LIST_OF_RULES.search(said.lead) is not None
    return bool(_MONEY_RULE.search(said.passage.clear[previous.start : previous.end]))


_SHARE_OF = re.compile(r"控股(?!集团)|持股|占股|股权比例|出资比例")
# 按40%、30%、30%的比例: a list opened by 按.
_LIST_OF_RULES = re.compile(r"(?:^|[□\s,])按(?:照)?\s*[\d.%、和]+$")
