"""What a public body does, whatever it is called: functions, heirs, merged bodies, territories."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from assistant.check.cutting import halved
from index.agencies import Body, registry

_TERRITORY = re.compile(
    r"^(?:各|有关|相关|所在)|(?:省|市|县|区|州|旗|乡|镇)(?:人民)?政府$|管委会|管委办|街道|乡镇|开发区|园区"
    r"|试点(?:所在|地区|单位)|激励的?县"
)
_BRANCH = re.compile(r"分局|支局|支行|监管组|监管所|办事处|派出")
_GROUP = re.compile(r"领导小组|联席会议|指挥部|专班|委员会办公室|工作组|成员单位")


def keys_of(name: str) -> frozenset[str]:
    """The functions of a body; a merged body has several."""
    names = registry()
    bare = halved(name)
    found = {names.key_of(bare)}
    for short, keys in _merged_bodies().items():
        if short in bare:
            found |= set(keys)
    if re.search(r"局$|委$|办$|委员会$|办公室$", bare) and len(bare) > 4:
        stems = sorted((s for s in names.stems if len(s) > 1), key=len, reverse=True)
        rest = bare
        for stem in stems:
            if stem in rest:
                found.add(names.stems[stem])
                rest = rest.replace(stem, "|")
    if not found & names.bodies.keys() and _BRANCH.search(bare):
        held = [stem for stem in names.stems if len(stem) > 2 and stem in bare]
        found |= {names.stems[stem] for stem in held}
    return frozenset(found)


@lru_cache(maxsize=1)
def _merged_bodies() -> dict[str, list[str]]:
    """The functions of merged bodies by their short names (教科体)."""
    with (Path(__file__).parents[1] / "data" / "merged_bodies.toml").open("rb") as file:
        return tomllib.load(file)


def is_territory(name: str) -> bool:
    """Governments, parks and groups: they carry out what departments answer for."""
    bare = halved(name)
    return bool(_TERRITORY.search(bare) or _GROUP.search(bare))


def departmental(name: str) -> bool:
    bare = halved(name)
    if is_territory(name):
        return False
    body = registry().bodies.get(registry().key_of(bare))
    return body is not None and bool(body.county)


def kin(name: str) -> frozenset[str]:
    """A body's function and the one that took it over."""
    names = registry()
    keys = keys_of(name) if len(keys_of(name)) == 1 else frozenset({names.key_of(halved(name))})
    bodies = [body for key in keys if (body := names.bodies.get(key))]
    heirs = {body.heir for body in bodies if body.heir}
    earlier = {names.key_of("县" + name) for body in bodies for name in body.county_until.values()}
    return keys | heirs | earlier


def county_key(name: str) -> str:
    body = registry().bodies.get(registry().key_of(halved(name)))
    return registry().key_of("县" + body.county) if body and body.county else ""


def before_reform(body: Body) -> str:
    if 2018 in body.county_until:
        return body.county_until[2018]
    return f"{min(body.names, key=len)}局" if body.until else body.county
