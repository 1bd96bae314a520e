"""The county's form: the profile's fields as the page shows them, and back."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from gradio.utils import get_upload_folder

from assistant.draft import Profile, profile_of, read_profile, write_form
from assistant.draft.profile import FIELDS as KNOWN
from assistant.draft.profile import CountyTask
from index.cache import corpus_folder
from index.errors import PolicyError

Kind = Literal["text", "list", "pairs", "tasks", "flag"]
Value = str | bool
BETWEEN = r"[、，,；;\n]+"


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    label: str
    hint: str = ""
    kind: Kind = "text"
    lines: int = 1


COLUMNS = {
    "heading": "任务",
    "text": "内容",
    "lead": "牵头单位",
    "support": "配合单位",
    "deadline": "时限",
    "under": "放在哪项之下",
}
BASICS = (
    Field("name", "县（市、区）名称", "全称，以县、区、市、旗结尾"),
    Field("province", "所在省份"),
    Field("city", "所在市"),
    Field("year", "起草年份", "决定默认的机构名称；不填按上级文件"),
    Field("office", "发文机关", "不填为县政府办公室"),
    Field("doc_no", "发文字号", "不填留空"),
    Field("date", "成文日期", "如 2026年3月1日；不填留空"),
    Field("recipients", "主送机关", "不填为各乡镇、各部门"),
    Field("copied_to", "抄送机关"),
    Field("note", "附注", "如：此件公开发布"),
    Field("attached", "方案随通知印发", kind="flag"),
)
DETAILS = (
    Field("lead", "牵头部门", "上级要求县政府负责的，由谁牵头"),
    Field("leading_group", "领导小组"),
    Field("townships", "乡镇街道的统称", "不填则任务不落实到乡镇"),
    Field("agencies", "本县机构", "如：县工信局、县发改局", "list", 4),
    Field("industries", "主导产业", "用顿号隔开", "list"),
    Field("parks", "园区", "用顿号隔开", "list"),
    Field("firms", "重点企业", "用顿号隔开", "list"),
    Field("standing", "已列入的试点、激励", "如：省级试点、财政专项激励县", "list"),
    Field("figures", "本县指标", "每行一项：指标 = 数", "pairs", 4),
    Field(
        "tasks", "本县自定任务", f"每行一项，用｜隔开：{'｜'.join(COLUMNS.values())}", "tasks", 4
    ),
)
FIELDS = (*BASICS, *DETAILS)


def example() -> Profile | None:
    """The made-up county that comes with the program."""
    path = corpus_folder() / "examples" / "county.toml"
    try:
        return read_profile(path) if path.is_file() else None
    except PolicyError:
        return None


def shown(profile: Profile) -> list[Value]:
    """The profile's values in the order of the form."""
    return [written(field, getattr(profile, field.key)) for field in FIELDS]


def written(field: Field, value: Any) -> Value:
    match field.kind:
        case "flag":
            return bool(value)
        case "list":
            return "、".join(value)
        case "pairs":
            return "\n".join(f"{key} = {number}" for key, number in value.items())
        case "tasks":
            return "\n".join(map(task_line, value))
    return "" if value is None else str(value)


def task_line(task: CountyTask) -> str:
    cells = task.model_dump() | {"support": "、".join(task.support)}
    return "｜".join(re.sub(r"[|｜\n]", "／", cells[key]) for key in COLUMNS).rstrip("｜")


def beyond(profile: Profile) -> dict[str, Any]:
    """What the profile has and the form does not show."""
    held = profile.model_dump(exclude_defaults=True)
    return {key: value for key, value in held.items() if key not in {f.key for f in FIELDS}}


def profile_from(values: Sequence[Value | None], rest: Mapping[str, Any]) -> Profile:
    """The form's profile; a PolicyError names the field that is wrong or missing."""
    raw: dict[str, Any] = dict(rest)
    for field, value in zip(FIELDS, values, strict=True):
        if field.kind == "flag":
            raw[field.key] = bool(value)
        elif words := str(value or "").strip():
            raw[field.key] = parsed(field, words)
    if not raw.get("name"):
        raise PolicyError("请先填县（市、区）名称，或上传县情文件")
    return profile_of(raw, "表单")


def parsed(field: Field, words: str) -> Any:
    if field.kind == "list":
        return tuple(one.strip() for one in re.split(BETWEEN, words) if one.strip())
    if field.kind == "pairs":
        return dict(pair(line) for line in words.splitlines() if line.strip())
    if field.kind == "tasks":
        return tuple(task(line) for line in words.splitlines() if line.strip())
    return words


def task(line: str) -> dict[str, Any]:
    cells = [cell.strip() for cell in re.split(r"[|｜]", line)]
    if len(cells) > len(COLUMNS):
        raise PolicyError(f"本县自定任务“{line[:20]}”多了一栏，应为：{'｜'.join(COLUMNS.values())}")
    found: dict[str, Any] = {key: cell for key, cell in zip(COLUMNS, cells, strict=False) if cell}
    if "support" in found:
        found["support"] = tuple(one for one in re.split(BETWEEN, found["support"]) if one)
    return found


def pair(line: str) -> tuple[str, str]:
    name, _, number = line.replace("＝", "=").replace("：", "=").partition("=")
    if not (name.strip() and number.strip()):
        raise PolicyError(f"本县指标“{line.strip()}”写法不对，应为：指标 = 数")
    return name.strip().strip('"'), number.strip().strip('"')


def blank_form() -> Path:
    """The Excel form to fill in, where the page may hand it out."""
    base = Path(get_upload_folder())
    base.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="county-", dir=base)) / "县情表.xlsx"
    write_form(path, KNOWN)
    return path


def received(path: Path) -> Profile:
    return read_profile(path)


def as_toml(profile: Profile | None) -> str:
    """A county file of what the form holds, to be kept and uploaded again."""
    held = profile.model_dump(exclude_defaults=True) if profile else {}
    tasks, figures = held.pop("tasks", ()), held.pop("figures", {})
    lines = [f"{key} = {toml_value(value)}" for key, value in held.items()]
    lines += ["", "[figures]"] if figures else []
    lines += [f"{toml_value(key)} = {toml_value(value)}" for key, value in figures.items()]
    for task in tasks:
        lines += ["", "[[tasks]]", *(f"{key} = {toml_value(one)}" for key, one in task.items())]
    return "\n".join(lines) + "\n"


def toml_value(value: Any) -> str:
    """Strings, numbers, truth values and lists are written in TOML as in JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
