"""Which words of a text say something, and which spellings say the same.

``plain`` is the form that statements and quotes are compared in. The lists below hold ordinary
words of administrative Chinese only; names of places, agencies, metrics never belong here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.numerals import numeral_value

# Spellings of one thing, the first is the one compared. Order matters: longer before shorter.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("规上", "规模以上", "年主营业务收入2000万元以上"),
    ("技改", "技术改造"),
    ("研发经费", "研究与试验发展经费", "研究与开发经费", "研究开发经费", "R&D经费"),
    ("研发", "研究与开发", "研究开发", "R&D"),
    ("占比", "所占比重", "所占比例", "的比重", "的比例", "比重", "比例"),
    ("增速", "增长速度", "增长率", "增长幅度", "增幅"),
    ("提高", "提升", "上升"),
    ("降低", "下降", "减少"),
    ("两化", "信息化和工业化", "工业化和信息化"),
    ("超低", "超低"),
    ("建成", "建设成"),
    ("牵头", "牵头负责", "负责牵头"),
)

# Words by which a sentence reports; they add no fact of their own.
REPORTING = (
    "文件 方案 上述 前述 此类 据 要求 提出 明确 规定 指出 目标 任务 指标 为 是 达到 达 实现 完成 "
    "要 将 应 应当 须 需 需要 的 在 对 由 于 以 把 等 其中 分别 共 有 即 均 都 也 并 而 且 和 与 "
    "及 以及 或 之 其 该 各 至 到 从 自 比 较 按 按照 根据 年 期间 时间 数 数量 数值 值 水平 "
    "比例 占比 情况 方面 具体 包括 如下 内容 上 中 内 里 前 后 起 底 末 期 所 个 了 着 过 可 就 "
    "还 则 则是 就是 最终 届时 这 此 那 设定 定为 确定 定在 设为 数字 相关 主要 单位 责任 负责 "
    "承担 落实"
).split()

# Verbs of doing that a metric may be told with; they never tell one target from another.
DOING = (
    "培育 建成 建设 创建 打造 实施 开展 推动 推进 引进 支持 发展 形成 新建 建立 设立 组织 力争 "
    "争取 努力 确保 全市 全省 全县 全区 我市 我省 我县 本市 本省 本县 新增 净增 增加 累计 总数 "
    "总量 每年 年均 增长 提高 降低 推广 滚动 总共 合计 共计 规模 完成 实现 达到 通过 突破 超过 "
    "保持 控制 稳定 不断 继续 基本"
).split()

NEGATION = re.compile(
    "不得|不能|不予|不许|不准|不可|不再|不应|不宜|不要|不必|不用|不会|不是|不含|不包括|严禁|禁止|杜绝|防止|严防|避免|取消|停止|"
    "暂停|未经|尚未|没有|并非|并未|毋须|无须|无需|免于|拒绝|除外|达不到|不|未|无|非|勿|副"
)
LEVELS = ("国家级", "省级", "市级", "县级", "区级", "全国", "全省", "全球", "世界级")
# These widen or narrow a statement; they must stand in the quote as they are.
EXTENTS = ("所有", "全部", "全体", "一切", "任何", "凡", "仅", "只", "唯一", "各类", "部分", "个别")

# A strength may be told by another word of its own row, and by no other.
STRENGTHS = (
    ("确保", "必须", "务必", "一律", "坚决", "保证"),
    ("力争", "争取", "努力", "力求"),
    ("鼓励", "倡导"),
    ("引导",),
    ("探索",),
    ("严禁", "禁止", "不得", "不准", "不许"),
    ("可以", "允许"),
)
UP = "提高|提升|增长|增加(?!值)|上升|扩大|增幅|增速|增长率|增长速度"
DOWN = "降低|下降|减少|压减|缩减|缩小|下调|削减"
MARK = re.compile(r"\[\d{1,3}\]")
_PLAN = re.compile(r"[“\"]?(十[一二三四五]五)[”\"]?(?!规划|期|时期|以来|末|[”\"])")
_SPACE = re.compile(r"(?<![A-Za-z0-9])[ \u00a0]+|[ \u00a0]+(?![A-Za-z0-9])")
_BREAK = re.compile(r"[\t\r\n]+")
_DASH = re.compile(r"[—–―─－]+|--+")
_QUOTE = re.compile(r"[“”„‟\"「」『』‘’']")
_ASIDE = re.compile(r"\(([^()\d零一二两三四五六七八九十百千万亿]*)\)")


def half(text: str) -> str:
    """NFKC without marks ``[1]`` and spaces; line breaks stay as breaks."""
    text = _BREAK.sub("\n", MARK.sub("", text))
    # NFKC would turn a full-width comma between digits into a thousands separator.
    text = re.sub(r"(?<=\d)，(?=\d)", "；", text)
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).strip()


def plain(text: str) -> str:
    """``half`` with one spelling for dashes, and asides without a figure opened up."""
    text = _DASH.sub("—", half(text)).replace("~", "—")
    text = _PLAN.sub(r"“\1”期间", text)
    return _ASIDE.sub(r"\1", text)


def same_words(text: str) -> str:
    """One spelling for what has several."""
    text = _QUOTE.sub("", text)
    text = _COUNTED.sub(lambda m: f"{numeral_value(m[0]):g}", text)
    for first, *others in SYNONYMS:
        for other in others:
            text = text.replace(other, first)
    return text


_COUNTED = re.compile(r"(?<![第十百千万亿])[一二两三四五六七八九十]{1,3}(?=[家个年项台户人次月])")
_ATOM = re.compile(r"[A-Za-z0-9.&+%‰/]+|[\u3400-\u9fff\ue000-\uf8ff]|[^\sA-Za-z0-9]")
_WORD_CHARACTER = re.compile(r"[A-Za-z0-9\u3400-\u9fff\ue000-\uf8ff<>≤≥≦≧]")


def atoms(text: str) -> list[str]:
    """Chinese characters one by one, other words whole, no punctuation."""
    return [a for a in _ATOM.findall(text) if _WORD_CHARACTER.search(a)]


def pairs(text: str, without: tuple[str, ...] = tuple(DOING)) -> frozenset[str]:
    """Neighbouring atoms of a text in which ``without`` and punctuation cut."""
    cut = without_words(same_words(text), without)
    found: set[str] = set()
    for run in runs(cut):
        row = atoms(run)
        found |= {a + b for a, b in pairwise(row)}
        found |= {a for a in row if len(a) > 1 or len(row) == 1}
    return frozenset(found)


def runs(text: str) -> Iterator[str]:
    """Stretches between punctuation."""
    yield from (run for run in re.split(r"[^\w&+%‰./]+", text) if run)


def without_words(text: str, words: Sequence[str]) -> str:
    """``text`` with each of ``words`` replaced by a cut."""
    ordered = sorted(words, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, ordered)), " ", text)
