"""A reply that is only of use when it is complete: its one JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from assistant.model.reply import LONGEST
from assistant.model.types import LanguageModel, Message, ModelError, Schema

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
TRIES = 20  # places where an object may begin


def replied(
    model: LanguageModel, messages: Sequence[Message], schema: Schema, most: int
) -> Mapping[str, Any]:
    """The first object with all the keys that the schema requires; ModelError without one."""
    text = ""
    with closing(model.complete(messages, schema, most)) as pieces:
        for piece in pieces:
            text += piece
            if len(text) > LONGEST:
                break
    text = _THOUGHT.sub("", text)
    for found in list(re.finditer(r"\{", text))[:TRIES]:
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, found.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and set(schema["required"]) <= value.keys():
            return value
    raise ModelError(f"模型 {model.name} 的回应不是要求的格式")
