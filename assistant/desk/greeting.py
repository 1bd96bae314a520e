"""Greetings, thanks, and what the assistant is."""

from __future__ import annotations

import re

from assistant.desk.room import Room, said
from assistant.types import Answer

_GREETING = re.compile(
    r"^(?:你好|您好|hi|hello|在吗|早上好|下午好|晚上好|嗨|哈喽)[呀啊吗!！。~～,， ]*$", re.I
)
_THANKS = re.compile(r"^(?:谢谢|多谢|感谢|辛苦了|好的|知道了|再见)[你您了啊!！。~～]*$")
_SELF = re.compile(
    r"^(?:请问)?(?:你|您)(?:是谁|是什么|叫什么|是干什么的|会什么|会做什么|能做什么|能干什么|能帮我(?:做|干)?什么|有什么用)"
    r"|^(?:怎么用|如何使用|使用说明|帮助|help|这是什么(?:系统|软件|工具)?)"
)
_SECRET = re.compile(r"涉密|秘密文件|机密文件|绝密")
_UPLOAD = re.compile(r"(?:怎么|如何|怎样|在哪).{0,6}(?:上传|添加|导入|收入|加)(?:新)?(?:文件|文档)")


def greeted(question: str, room: Room) -> Answer | None:
    words = question.strip().rstrip("?？")
    if _GREETING.match(words) or _SELF.search(words):
        return said(
            question,
            "您好，我是政策助手：回答资料库里文件的内容，每个数字、时限、单位都附原文出处；"
            "文件没有写的，会告诉您没有。请直接提问，比如问某地某项目标是多少、由谁牵头、什么时候完成。",
        )
    if _THANKS.match(words):
        return said(question, "不客气。还有要查的，请继续问。")
    if _SECRET.search(words) and re.search(r"能|可以|可不可以|上传|怎么", words):
        return said(question, "不能。涉密信息不上网：带密级标志的文件会被拒收，不留任何内容。")
    if _UPLOAD.search(words):
        return said(
            question, "请到“资料库”页，把文件拖进上传框，或点击选择文件；收入后马上可以提问。"
        )
    return None
