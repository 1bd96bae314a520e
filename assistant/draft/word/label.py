"""The label of words that a model wrote: in the file's own properties, where programs look for it.

After GB 45438-2025: a property ``AIGC`` whose value is JSON. Here it also names the clauses.
"""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from docx.document import Document as Docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from assistant.draft.types import Draft, DraftClause

PRODUCER = "政策助手"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" \
xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="AIGC">\
<vt:lpwstr>{value}</vt:lpwstr></property>
</Properties>"""


def machine_made(draft: Draft) -> list[DraftClause]:
    """The clauses in a model's words that no person has accepted."""
    return [clause for clause in (draft.opening, *draft.clauses) if clause.is_machine_made]


def label(doc: Docx, draft: Draft) -> None:
    """Nothing is written where nothing is a model's."""
    made = machine_made(draft)
    if not made:
        return
    value = {
        "Label": "1",
        "ContentProducer": PRODUCER,
        "Clauses": [clause.id for clause in made],
    }
    words = escape(json.dumps(value, ensure_ascii=False))
    package = doc.part.package
    part = Part(PackURI("/docProps/custom.xml"), _TYPE, _XML.format(value=words).encode(), package)
    package.relate_to(part, _KIND)
    doc.core_properties.keywords = "AI 生成"
    doc.core_properties.comments = f"{len(made)} 段文字由模型改写（AI 生成），尚未经人确认"
