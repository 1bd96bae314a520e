"""Suite ``draft``: every bundled upper plan with three county profiles, scanned from outside."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.check import Upper, check
from assistant.draft import Draft, Profile, draft, profile_of, write_docx
from assistant.draft.types import DraftClause
from evals.bundled import corpus
from evals.draft_facts import miscounted, misnamed, ungrounded, unmapped
from evals.draft_pages import can_print
from evals.draft_pages import faults as page_faults
from evals.draft_scan import Found, broken, invented, leftovers, lost, misnumbered
from evals.draft_word import faults
from evals.types import Bar, Case, Result, Score, mean
from index.parse import parse
from index.read import read
from index.types import Parsed

Drafter = Callable[[Sequence[tuple[Parsed, str]], Profile], Draft]
COUNTY = "清川县"
PROVINCES = {"zhejiang-2017": "浙江省", "lps-2016": "贵州省", "huanggang-2021": "湖北省"}
PROFILES: dict[str, dict[str, object]] = {
    "minimal": {},
    "ordinary": {"lead": "县经信局", "leading_group": "县工业高质量发展领导小组"},
    "pilot": {
        "lead": "县经信局",
        "leading_group": "县工业高质量发展领导小组",
        "townships": "各乡镇（街道）",
        "standing": ["省级试点", "财政专项激励县"],
        "figures": {"省级产业创新服务综合体": "1家", "高新技术企业总数": "12家"},
        "parks": ["清川经济开发区"],
    },
    "later": {
        "year": 2025,
        "agencies": ["县科技和工业信息化局", "县发改局", "县教育体育局", "县自然资源和规划局"],
        "lead": "县科技和工业信息化局",
        "attached": False,
        "title_form": "直述",
    },
}
SECONDS = 3.0
BARS = (
    Bar("facts_kept", 1.0),
    Bar("nothing_invented", 1.0),
    Bar("grounded", 1.0),
    Bar("holes", 1.0),
    Bar("one_id", 1.0),
    Bar("own_voice", 1.0),
    Bar("grammar", 1.0),
    Bar("numbering", 1.0),
    Bar("placed", 1.0),
    Bar("traced", 1.0),
    Bar("counterparts", 1.0),
    Bar("word", 1.0),
    Bar("covered", 1.0),
    Bar("no_fault", 1.0),
    Bar("fast", 1.0),
    Bar("cases", 32),
)


def run(uppers: Callable[[], Sequence[Parsed]] | None = None, drafter: Drafter = draft) -> Result:
    found = list(uppers() if uppers else _bundled())
    cases = tuple(
        _case(drafter, parsed, part, name)
        for parsed in found
        if parsed.document.level in {"province", "city"}
        for part in _parts(parsed)
        for name in PROFILES
    )
    names = dict.fromkeys(score.name for case in cases for score in case.scores)
    figures = {name: value for name in names if (value := mean(cases, name)) is not None}
    printed = (Bar("pages", 1.0),) if "pages" in figures else ()
    return Result("draft", cases, {**figures, "cases": float(len(cases))}, (*BARS, *printed))


def _bundled() -> Sequence[Parsed]:
    read = corpus()
    return [
        Parsed(
            document,
            tuple(c for c in read.clauses.values() if c.document_id == document.id),
            tuple(t for t in read.tasks.values() if t.clause_id.startswith(document.id + "/")),
        )
        for document in read.documents.values()
    ]


def _parts(parsed: Parsed) -> list[str]:
    plans = [part for part in parsed.document.parts if part.rsplit("/", 1)[-1][:1] == "P"]
    return [*plans, ""]


def _case(drafter: Drafter, parsed: Parsed, part: str, name: str) -> Case:
    given = PROFILES[name]
    profile = profile_of(
        {"name": COUNTY, "province": PROVINCES.get(parsed.document.id, "河南省"), **given}
    )
    # Drafting runs on one core: its own time is what a person waits on an idle machine.
    started = time.process_time()
    made = drafter([(parsed, part)], profile)
    seconds = time.process_time() - started
    told = json.dumps(given, ensure_ascii=False).replace('"', " ") + COUNTY
    scores = (
        _none("facts_kept", lost(made, parsed, profile.figures)),
        _none("nothing_invented", invented(made, parsed, told)),
        _none("grounded", ungrounded(made, parsed, told)),
        _none("holes", miscounted(made)),
        _none("one_id", misnamed(made)),
        _none("own_voice", leftovers(made, parsed.document, COUNTY)),
        _none("grammar", broken(made)),
        _none("numbering", misnumbered(made.clauses)),
        _placed(made),
        _traced(made, parsed),
        _none("counterparts", unmapped(made, parsed)),
        *_file(made, parsed, part, printed=not part and name == "ordinary"),
        Score("fast", float(seconds <= SECONDS), f"{seconds:.2f} 秒"),
    )
    upper = part or parsed.document.id
    return Case(f"{upper}:{name}", "draft", scores, {"upper": upper, "profile": given})


def _none(name: str, found: Sequence[Found]) -> Score:
    some = "；".join(f"{f.clause} {f.words}" for f in found[:4])
    return Score(name, float(not found), f"{len(found)} 处：{some}" if found else "无")


def _placed(made: Draft) -> Score:
    missing = made.unplaced
    return Score(
        "placed", float(not missing), f"未落位：{'、'.join(missing[:4])}" if missing else "全部落位"
    )


def _traced(made: Draft, parsed: Parsed) -> Score:
    """Each paragraph names a clause that exists, or is the county's own."""
    known = {clause.id for clause in parsed.clauses}
    loose = [
        clause.number + clause.heading
        for clause in (made.opening, *made.clauses)
        if clause.origin != "county" and not _stands_on(clause, known)
    ]
    return Score("traced", float(not loose), f"无出处：{loose[:4]}" if loose else "全部有出处")


def _stands_on(clause: DraftClause, known: set[str]) -> bool:
    return bool(clause.sources) and all(source in known for source in clause.sources)


def _file(made: Draft, parsed: Parsed, part: str, printed: bool) -> tuple[Score, ...]:
    """The Word file against the standard, and read back by ``check`` against its own upper plan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.docx"
        write_docx(made, path, stage="签发稿")
        found = faults(path)
        pages = _pages(path, made, printed)
        read_back = parse(read(path), "plan", "plan")
    word = Score("word", float(not found), "；".join(found) if found else "符合 GB/T 9704")
    parts = (part.removeprefix(parsed.document.id + "/"),) if part else ()
    report = check([Upper(parsed, parts)], read_back, None)
    out = {o.clause_id for o in made.not_applicable}
    rows = [row for row in report.rows if row.clause not in out]
    short = [f"{row.clause} {row.label}" for row in rows if row.label in {"missing", "partial"}]
    wrong = [
        f"{row.clause} {finding.type}：{finding.note}"
        for row in rows
        for finding in row.findings
        if finding.severity == "fault" and "待定" not in (finding.draft_quote or "")
    ]
    return (
        word,
        *pages,
        Score("covered", float(not short), f"未覆盖：{short[:4]}" if short else "全部覆盖"),
        Score("no_fault", float(not wrong), f"有问题：{wrong[:4]}" if wrong else "没有问题"),
    )


def _pages(path: Path, made: Draft, printed: bool) -> tuple[Score, ...]:
    """The pages as they come out of the printer, of one profile a document: it takes seconds."""
    if not printed:
        return ()
    if not can_print():
        return (Score("pages", None, "没有安装 LibreOffice 和 pdftotext，未看版面"),)
    wrong = page_faults(path, made.title)
    return (Score("pages", float(not wrong), "；".join(wrong[:4]) if wrong else "每页 22 行"),)
