"""Bodies as a draft calls them: what it says itself of who does what, beside the bundled register.

科技、经信职能由县科学技术和经济信息化局（以下简称县科经局）承担: from here on 县科经局 is both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.check.cutting import halved
from assistant.check.functions import departmental, is_territory, keys_of
from assistant.check.types import Sentence
from index.agencies import registry

Declared = Mapping[str, frozenset[str]]
_BODY = r"[一-鿿]{2,24}?(?:局|委员会|委|办公室|办|中心|管委会|部|分局)"
_SHORT = re.compile(
    rf"(?P<full>{_BODY})[(（]以下(?:简|统)?称[“\"]?(?P<short>[一-鿿]{{2,14}})[”\"]?[)）]"
)
_CARRIED = re.compile(
    rf"(?P<what>[^。；;，,:：\n]{{2,60}}?)(?:由|并入|划入|划转(?:到|至|给)?|整合(?:到|至|进)|合并(?:组建)?为|组建为)"
    rf"(?P<who>{_BODY})(?:[(（][^()（）]{{2,24}}[)）])?"
    r"(?=统一|承担|行使|负责|履行|实施|管理|归口|具体|一并|[。；;，,]|$)"
)
_DUTIES = re.compile(r"职能|职责|工作|业务|事务|监管|原|合并|并入|划入")
_PLATE = re.compile(rf"(?P<who>{_BODY})(?:[(（])?(?:加)?挂(?P<what>[一-鿿、]{{2,40}}?)(?:的)?牌子")
_BEFORE = re.compile(r"^.*(?:由|为|是|即|将|把|原|在)(?=[县区市镇乡州旗省本我])")
_LISTED = re.compile(r"[、和及与]")


@dataclass(frozen=True, slots=True)
class Names:
    """``declared``: functions by the names that the draft defines; ``known``: the draft's name for
    every function that its lists name anywhere."""

    declared: Declared
    known: Mapping[str, str]

    @classmethod
    def of(cls, declared: Declared, told: Iterable[Sentence]) -> Names:
        plain = cls(declared, {})
        listed = [a.name for s in told if s.units for a in s.units.agencies]
        return cls(declared, {key: name for name in listed for key in plain.functions(name)})

    def functions(self, name: str) -> frozenset[str]:
        """Every function of a body of the draft: 国土 does not answer for 规划."""
        return functions_of(name, self.declared)

    def department(self, name: str) -> bool:
        """A department of the county, not a government, a group or a park."""
        own = functions_of(name, self.declared) - keys_of(name)
        return departmental(name) or bool(own and not is_territory(name))


def functions_of(name: str, declared: Declared) -> frozenset[str]:
    bare = halved(name)
    own = [keys for short, keys in declared.items() if bare.endswith(short)]
    return keys_of(name).union(*own)


def declared_in(text: str) -> Declared:
    """Functions of the bodies that a text defines: by a short name, by duties handed over, by a
    second plate on the door."""
    found: dict[str, frozenset[str]] = {}
    shorts: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        full, short = _name(match["full"]), match["short"]
        shorts[full] = _local(short)
        _add(found, _local(short), _known(keys_of(full)))
    for match in (*_CARRIED.finditer(text), *_PLATE.finditer(text)):
        if not _DUTIES.search(match.group()) and "牌子" not in match.group():
            continue
        who = _name(match["who"])
        keys = frozenset(_functions_in(match["what"]))
        for name in {_local(who), shorts.get(who, _local(who))}:
            _add(found, name, keys | _known(keys_of(who)))
    return found


def _add(found: dict[str, frozenset[str]], name: str, keys: frozenset[str]) -> None:
    if keys:
        found[name] = found.get(name, frozenset()) | keys


def _known(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(key for key in keys if key in registry().bodies)


def _name(words: str) -> str:
    """经信职能由县工信局 → 县工信局."""
    return _BEFORE.sub("", words)


def _local(name: str) -> str:
    """县科经局 and 我县科经局 end alike."""
    return re.sub(r"^(?:[我本]?[县区市镇乡州旗])(?=[一-鿿]{3})", "", name)


def _functions_in(words: str) -> Iterator[str]:
    """科技、经信职能: the functions that are listed."""
    names = registry()
    for piece in _LISTED.split(
        re.sub(r"(?:的)?(?:等)?(?:职能|职责|工作|业务|事务|监管).*$", "", words)
    ):
        bare = re.sub(r"^(?:原|将|把)?(?:[我本全]?[县区市镇州旗])?", "", piece.strip())
        key = names.stems.get(bare) or names.key_of(bare)
        if key in names.bodies:
            yield key
