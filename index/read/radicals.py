"""Radicals in place of characters: a fault of PDF writers, undone.

Some systems write 一 ⽂ ⻓ as the look-alikes of the radical blocks (U+2E80–2FDF). No reader sees
the difference and no search finds the word. The Kangxi block has compatibility mappings; the
supplement is mapped by hand after Unicode's EquivalentUnifiedIdeograph.txt.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵"
    "⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺶羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见"
    "⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤"
    "⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_UNIFIED = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))


def unified(char: str) -> str:
    """The character that a radical stands for; any other character as it is."""
    if "\u2f00" <= char <= "\u2fd5" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return _UNIFIED.get(char, char)
