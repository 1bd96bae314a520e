"""What stands around the plan: 通知, 主送机关, 发文字号, 署名, 成文日期."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.draft.profile import Profile
from assistant.draft.skeleton import filled
from assistant.draft.source import Upper
from assistant.draft.types import Letter

_GREETING = {
    "县": "各乡镇人民政府、街道办事处，县政府各部门、各直属机构：",
    "区": "各街道办事处、镇人民政府，区政府各部门、各直属机构：",
    "市": "各乡镇人民政府、街道办事处，市政府各部门、各直属机构：",
    "旗": "各苏木乡镇人民政府，旗政府各部门、各直属机构：",
}


def letter_of(
    title: str, profile: Profile, read: Sequence[Upper], prompts: Path | None = None
) -> Letter:
    """文号 and date stay blank until somebody fills them in the profile."""
    year = profile.year or read[0].setting.year
    return Letter(
        office=profile.signing,
        recipients=profile.recipients or _GREETING[profile.kind],
        doc_no=profile.doc_no or f"×政办发〔{year}〕　号",
        date=profile.date,
        notice=filled(
            "plan-notice", prompts, title=_inner(title), government=f"{profile.kind}政府"
        ),
        notice_title=f"{profile.signing}关于印发{title}的通知",
        # An 实施意见 is issued as it is; a 方案 may be printed under a 通知.
        attached=profile.attached and profile.title_form != "实施意见",
        copied_to=profile.copied_to,
        note=profile.note,
    )


def _inner(title: str) -> str:
    """Inside 《》 the marks are 〈〉."""
    return title.replace("《", "〈").replace("》", "〉")
