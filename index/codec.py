"""Values to JSON and back, by their annotations; the store keeps clauses and tasks this way.

A field that the JSON does not have takes the default of its class, so a value may gain a field
without a migration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import orjson

Value = TypeVar("Value")
Converter = Callable[[Any], Any]


def dump(value: object) -> str:
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"a dataclass value is expected, got {type(value).__name__}")
    return orjson.dumps(value).decode()


def load(kind: type[Value], text: str) -> Value:
    of_kind: Any = kind  # a type hashes; mypy does not know it of type[Value]
    value: Value = converter(of_kind)(orjson.loads(text))
    return value


@cache
def converter(kind: Any) -> Converter:
    """How to make a value of ``kind`` from plain JSON."""
    if is_dataclass(kind) and isinstance(kind, type):
        return of_dataclass(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return optional(next(converter(a) for a in arguments if a is not type(None)))
    if isinstance(origin, type) and issubclass(origin, (tuple, Sequence)):
        inner = converter(arguments[0])
        return lambda data: tuple(inner(item) for item in data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict
    if kind is float:
        return float
    return lambda data: data


def optional(inner: Converter) -> Converter:
    return lambda data: None if data is None else inner(data)


def of_dataclass(kind: type) -> Converter:
    hints = get_type_hints(kind)
    parts = [(field.name, converter(hints[field.name])) for field in fields(kind)]

    def build(data: Mapping[str, Any]) -> Any:
        return kind(**{name: inner(data[name]) for name, inner in parts if name in data})

    return build
