"""The county profile: what only a county knows about itself, read from TOML and checked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from assistant.draft.form import read_form
from index.errors import SettingsError

FIELDS = {
    "name": "县名",
    "province": "所在省份",
    "city": "所在市",
    "year": "起草年份",
    "agencies": "本县机构",
    "lead": "上级要求县政府负责时的牵头部门",
    "leading_group": "县级领导小组",
    "townships": "乡镇街道的统称",
    "industries": "主导产业",
    "parks": "园区",
    "firms": "重点企业",
    "standing": "已列入的试点、激励等",
    "figures": "本县指标",
    "tasks": "本县自定任务",
    "office": "发文机关",
    "recipients": "主送机关",
    "attached": "方案是否随通知印发",
    "title_form": "标题写法",
    "doc_no": "发文字号",
    "date": "成文日期",
    "copied_to": "抄送机关",
    "note": "附注",
}
_ALIASES = {chinese: english for english, chinese in FIELDS.items()} | {
    "名称": "name",
    "省份": "province",
    "机构": "agencies",
    "牵头部门": "lead",
    "领导小组": "leading_group",
    "乡镇": "townships",
    "产业": "industries",
    "重点企业": "firms",
    "试点": "standing",
    "指标": "figures",
    "任务": "tasks",
}


def _listed(value: object) -> object:
    """A table of agencies (工信 = "县工信局") counts as the list of its names."""
    if isinstance(value, dict):
        return tuple(str(name) for name in value.values())
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class CountyTask(BaseModel):
    """A task that the county adds by itself; ``under`` names the heading it belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    heading: str = Field(min_length=2)
    text: str = ""
    under: str = ""
    lead: str = ""
    support: tuple[str, ...] = ()
    deadline: str = ""


class Profile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2)
    province: str = ""
    city: str = ""
    year: int | None = Field(default=None, ge=1990, le=2100)
    agencies: Names = ()
    lead: str = ""
    leading_group: str = ""
    townships: str = ""
    industries: Names = ()
    parks: Names = ()
    firms: Names = ()
    standing: Names = ()
    figures: dict[str, str] = Field(default_factory=dict)
    tasks: tuple[CountyTask, ...] = ()
    office: str = ""
    recipients: str = ""
    attached: bool = True
    title_form: Literal["贯彻落实", "直述", "实施意见"] = "贯彻落实"
    doc_no: str = ""
    date: str = ""
    copied_to: str = ""
    note: str = ""

    @field_validator("name")
    @classmethod
    def _is_a_county(cls, name: str) -> str:
        if name[-1] not in "县区市旗":
            raise ValueError("应写全称，以县、区、市或旗结尾")
        if strange := re.sub(r"[一-鿿]", "", name):
            raise ValueError(f"只能是汉字，不能有“{strange}”")
        return name

    @field_validator("figures", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        if isinstance(value, dict):
            return {str(k): str(v) for k, v in value.items()}
        return value

    @property
    def kind(self) -> str:
        """县, 区, 市 or 旗: what the plan calls itself (我县, 全区)."""
        return self.name[-1]

    @property
    def signing(self) -> str:
        return self.office or f"{self.name}人民政府办公室"


def read_profile(path: Path) -> Profile:
    """The profile in a TOML file or Excel form; a message names the field that is wrong."""
    if path.suffix.lower() == ".xlsx":
        if not path.is_file():
            raise SettingsError(f"县情表 {path} 不存在；请检查路径")
        return profile_of(read_form(path), path.name)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"县情档案 {path} 打不开：{error.strerror}；请检查路径") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"县情档案 {path.name} 不是正确的 TOML：{error}；请对照自带示例修改"
        ) from error
    return profile_of(raw, path.name)


def profile_of(raw: dict[str, Any], name: str = "县情档案") -> Profile:
    """The profile of a table, as TOML, an Excel form or the page give it."""
    table = raw.get("county", raw) if isinstance(raw.get("county"), dict) else raw
    known = {_ALIASES.get(key, key): value for key, value in table.items()}
    try:
        return Profile.model_validate(known)
    except ValidationError as error:
        faults = "；".join(_fault(dict(fault)) for fault in error.errors())
        raise SettingsError(f"县情档案 {name} 有误：{faults}") from error


def _fault(fault: dict[str, Any]) -> str:
    field = str(fault["loc"][0]) if fault["loc"] else ""
    where = ".".join(str(step) for step in fault["loc"])
    label = f"{where}（{FIELDS[field]}）" if field in FIELDS else where
    kind = str(fault["type"])
    if kind == "missing":
        return f"缺少 {label}"
    if kind == "extra_forbidden":
        return f"不认识的字段 {label}，可用：{'、'.join(FIELDS)}"
    if kind == "value_error":
        return f"{label} {fault['ctx']['error']}"
    return f"{label} 的值不对（{_expected(kind)}），现为 {str(fault.get('input'))[:40]}"


def _expected(kind: str) -> str:
    words = {
        "string_type": "应为文字",
        "int_parsing": "应为整数",
        "int_type": "应为整数",
        "bool_parsing": "应为 true 或 false",
        "bool_type": "应为 true 或 false",
        "tuple_type": "应为列表",
        "dict_type": "应为表",
        "string_too_short": "太短",
        "literal_error": "可用：贯彻落实、直述、实施意见",
        "greater_than_equal": "太小",
        "less_than_equal": "太大",
    }
    return words.get(kind, "格式不符")
