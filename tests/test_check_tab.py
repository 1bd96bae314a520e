"""核查 as rendered: every task once, marks on the very words, nothing hostile let through."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path
from re import DOTALL, findall, sub
from zipfile import ZipFile

import pytest
from docx import Document as new_word
from openpyxl import load_workbook

from assistant.app import drafts
from assistant.app.check_session import UNTOUCHED, Session, afresh, dropped, looked, picked
from assistant.app.checking import Checked, Stage, Watch, checking, forget
from assistant.app.render.check import stage_html, summary_html, table_html
from assistant.app.render.check_page import page_html
from assistant.app.render.check_view import STATUS, Shown, listed, status_of, wanting
from assistant.app.render.compare import compare_html, counterparts
from assistant.check.asword import SET_ANEW
from assistant.check.progress import ENCODING, Stopped
from assistant.check.report import named, weight
from assistant.draft import draft as drawn_up
from assistant.draft import read_profile
from assistant.draft.work import work_on, written_down
from index.drafts import save_new
from index.errors import PolicyError, SecretFile
from index.ingest import ingest
from index.library import open_library
from index.store import Store
from index.types import Parsed, Span
from tests.letters import Letters

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check") / "library"
    store = Store(folder)
    assert not ingest([CORPUS], store, None).failed
    store.close()
    opened = open_library(folder, encoder=None)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def checked(library):
    """The bundled example against the plan that it names, by words only."""
    example = next(iter(drafts.examples().values()))
    report = run(drafts.carried_out(example.parsed, library), example, library)
    yield report
    forget(report)


def run(uppers, draft, library) -> Checked:
    with ThreadPoolExecutor(1) as seat:
        *_, last = checking(uppers, draft, library, seat, Watch())
    assert isinstance(last, Checked)
    return last


def draft_of(folder, text, name="草案.txt"):
    path = folder / "incoming" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return drafts.received(path, 1)


def inner(tag, html):
    """The texts of the elements of a name, as a reader sees them."""
    found = findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", html, DOTALL)
    return [unescape(sub(r"<[^>]*>", "\t", one)) for one in found]


def test_every_task_has_one_row_in_order(checked):
    html = table_html(checked, UNTOUCHED)
    numbers = [int(one) for one in findall(r'<tr data-act="row" data-row="(\d+)"', html)]
    assert numbers == list(range(1, len(checked.coverage.rows) + 1))


def test_the_statuses_share_out_all_tasks(checked):
    counted = sum(len(listed(checked.coverage, Shown(status))) for status in STATUS)
    assert counted == len(checked.coverage.rows) > 0


def test_a_covered_task_with_a_fault_is_not_shown_as_covered(checked):
    flawed = [row for row in checked.coverage.rows if row.label == "covered" and row.faults]
    assert flawed and {status_of(row) for row in flawed} == {"flawed"}
    clean = table_html(checked, Shown("covered"))
    assert "chip--covered" in clean and "chip--flawed" not in clean
    assert 'class="issue"' not in clean


def numbers(html):
    return [int(one) for one in findall(r'<tr data-act="row" data-row="(\d+)"', html)]


def test_by_weight_the_missing_tasks_come_first_and_the_clean_ones_last(checked):
    ordered = looked(UNTOUCHED, checked, {"act": "order", "value": "weight"})
    rows = [checked.coverage.rows[n - 1] for n in numbers(table_html(checked, ordered))]
    assert sorted(map(id, rows)) == sorted(map(id, checked.coverage.rows))
    weights = [weight(row) for row in rows]
    assert weights == sorted(weights, reverse=True)
    last = max(i for i, row in enumerate(rows) if row.label == "missing")
    assert all(row.label == "missing" for row in rows[:last])
    assert not rows[-1].faults


def test_a_row_that_is_done_says_so_and_can_be_put_out_of_sight(checked):
    number = next(n for n, row in enumerate(checked.coverage.rows, 1) if wanting(row))
    done = looked(UNTOUCHED, checked, {"act": "done", "row": str(number)})
    assert "隐藏已处理 1" in summary_html(checked, done)
    assert "row--done" in table_html(checked, done)
    hidden = looked(done, checked, {"act": "hide"})
    assert number in numbers(table_html(checked, done))
    assert number not in numbers(table_html(checked, hidden))
    undone = looked(hidden, checked, {"act": "done", "row": str(number)})
    assert undone.done == frozenset()


def test_what_is_done_stays_so_in_a_new_report_that_says_the_same(checked):
    number = next(n for n, row in enumerate(checked.coverage.rows, 1) if row.faults)
    done = looked(UNTOUCHED, checked, {"act": "done", "row": str(number)})
    again = afresh(Session({}, checked=checked, shown=done))
    assert "隐藏已处理 1" in summary_html(checked, again)
    row = checked.coverage.rows[number - 1]
    repaired = replace(row, findings=())
    rows = tuple(repaired if one is row else one for one in checked.coverage.rows)
    other = replace(checked, coverage=replace(checked.coverage, rows=rows))
    assert "隐藏已处理" not in summary_html(other, again)


def test_progress_is_a_share_that_only_grows_and_ends_in_the_report(tmp_path, library):
    text = "某县方案\n\n一、目标\n\n" + "推进技术改造，培育规上企业。\n\n" * 30
    encoding = open_library(library.store.folder, encoder=Letters())
    given, watch, told = draft_of(tmp_path, text), Watch(), []
    keep = watch.told
    watch.told = lambda share, words: (keep(share, words), told.append((share, words)))[0]
    with ThreadPoolExecutor(1) as seat:
        *_, last = checking(["huanggang-2021"], given, encoding, seat, watch)
    encoding.close()
    assert isinstance(last, Checked)
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[-1] < 1
    assert ENCODING in {words for _, words in told} and len(set(shares)) > 5
    forget(last)


@pytest.mark.parametrize("leave", [Watch.stop, lambda watch: None])
def test_a_check_that_nobody_waits_for_ends(tmp_path, library, leave):
    """By the button, or because the page is gone and looks no more."""
    watch = Watch(left=0.0)
    leave(watch)
    with pytest.raises(Stopped, match="已停止"), ThreadPoolExecutor(1) as seat:
        list(checking(["huanggang-2021"], draft_of(tmp_path, "某县方案\n"), library, seat, watch))


def test_a_reader_who_leaves_stops_the_check():
    watch = Watch()
    dropped(Session({}, running=watch))
    with pytest.raises(Stopped):
        watch.told(0.5, ENCODING)


def test_the_stage_shows_how_far_and_how_to_stop():
    html = stage_html(Stage(ENCODING, 3, 0.42), "某县<b>方案")
    assert "42%" in html and 'value="0.42"' in html and 'data-act="stop"' in html
    assert "<b>方案" not in html
    assert "%" not in stage_html(Stage("正在排队"), "某县方案")


def test_a_kind_of_finding_filters_the_rows(checked):
    kinds = {finding.type for row in checked.coverage.rows for finding in row.findings}
    for kind in kinds:
        rows = [row for _, row in listed(checked.coverage, Shown(kind=kind))]
        assert rows and all(kind in {f.type for f in row.findings} for row in rows)


def test_nothing_that_fits_is_said_with_a_way_back(checked):
    html = table_html(checked, Shown("not_applicable", "no such kind"))
    assert "没有符合的任务" in html and "看全部任务" in html


def test_changed_words_are_marked_to_the_character(checked):
    text = checked.draft.parsed.document.text
    repaired = 0
    for number, row in enumerate(checked.coverage.rows, 1):
        html = compare_html(checked, replace(UNTOUCHED, row=number))
        marked = "".join(inner("ins", html))
        for fault in row.faults:
            if fault.edit and not fault.type.endswith("_dropped"):
                repaired += 1
                assert fault.edit.span.of(text) in marked
                assert fault.edit.new in unescape(html)
    assert repaired


def test_what_is_lost_is_marked_in_the_upper_text(checked):
    for number, row in enumerate(checked.coverage.rows, 1):
        lost = [f.upper_span for f in row.faults if f.type == "subtask_dropped" and f.upper_span]
        marks = inner("mark", compare_html(checked, replace(UNTOUCHED, row=number)))
        text = checked.documents[row.document_id].text
        assert all(any(one in span.of(text) for one in marks) for span in lost)
        assert bool(marks) == any(fault.upper_span for fault in row.faults)


def test_of_a_list_only_the_unit_that_was_dropped_is_marked():
    text = "（责任单位：市经信局、市科技局、市市场监管局）"
    span = Span(text.index("市经信局"), len(text) - 1)

    def marked(listed):
        return [one.of(text) for one in counterparts(listed, span, text)]

    assert marked("县经信局、县科技局、县市场监管局") == ["市市场监管局"]
    assert marked("县水利局") == marked("") == []


def test_steps_lead_from_problem_to_problem(checked):
    rows = checked.coverage.rows
    need = [n for n, row in enumerate(rows, 1) if row.faults or row.label == "missing"]
    html = compare_html(checked, replace(UNTOUCHED, row=need[1]))
    steps = findall(r'data-act="step" data-row="(\d+)"', html)
    assert steps == [str(need[0]), str(need[2])]


def test_the_leader_reads_every_missing_task_and_the_counts(checked):
    html = unescape(page_html(checked))
    missing = [row for row in checked.coverage.rows if row.label == "missing"]
    assert f"缺失任务（{len(missing)}项）" in html
    assert all(named(row) in html for row in missing)
    assert str(checked.coverage.summary["overview"]) in html


def test_the_paragraph_can_be_copied(checked):
    copied = findall(r'data-act="copy" data-text="([^"]*)"', summary_html(checked, UNTOUCHED))
    assert [unescape(one) for one in copied] == [checked.coverage.summary["paragraph"]]


def test_hostile_words_stay_words(tmp_path, library):
    text = (
        f"{HOSTILE}县方案\n\n一、目标{HOSTILE}\n\n到2023年，规上企业技改完成面70%以上{HOSTILE}。\n"
    )
    report = run(["huanggang-2021"], draft_of(tmp_path, text), library)
    html = summary_html(report, UNTOUCHED) + table_html(report, UNTOUCHED) + page_html(report)
    for number in range(1, len(report.coverage.rows) + 1):
        html += compare_html(report, replace(UNTOUCHED, row=number))
    assert "<img" not in html and "&lt;img" in html
    forget(report)


def test_a_click_from_outside_leads_nowhere_bad(checked):
    rows = str(len(checked.coverage.rows) + 1)
    for data in (
        {"act": "row", "row": rows},
        {"act": "row", "row": "-1"},
        {"act": "step", "row": "²"},
        {"act": "row"},
    ):
        assert looked(UNTOUCHED, checked, data).row == 0
    assert looked(UNTOUCHED, checked, {"act": "filter", "status": "<b>"}) == UNTOUCHED
    assert looked(UNTOUCHED, checked, {"act": "view", "value": "x"}).view == "table"


def test_a_filter_drops_a_kind_that_it_leaves_no_rows_of(checked):
    shown = Shown("all", "subtask_dropped")
    assert looked(shown, checked, {"act": "filter", "status": "missing"}).kind == ""
    assert looked(shown, checked, {"act": "filter", "status": "partial"}).kind == shown.kind


@pytest.mark.parametrize(
    ("cited", "meant"),
    [
        ("焦作市推进企业技术改造攻坚方案", ["jiaozuo-2017/P4"]),
        ("黄冈市新一轮技术改造三年行动方案(2021-2023年)", ["huanggang-2021"]),
        ("浙江省全面改造提升传统制造业行动计划（2017—2020年）", ["zhejiang-2017"]),
        ("广东省工业转型升级攻坚战三年行动计划", []),  # only named in another document's title
        ("方案", []),
    ],
)
def test_the_plan_that_a_draft_names_is_found(tmp_path, library, cited, meant):
    given = draft_of(tmp_path, f"某县方案\n\n为落实《{cited}》，制定本方案。\n")
    assert drafts.carried_out(given.parsed, library) == meant


def test_picks_of_the_reader_stay_and_those_of_an_earlier_draft_go():
    session = Session({}, named=("old",))
    assert picked(session, ["old"], ["new"]) == ["new"]
    assert picked(session, ["own"], ["new"]) == ["own"]
    assert picked(session, [], ["new"]) == ["new"]


def test_parts_of_a_document_can_be_picked(library):
    keys = {key for _, key in drafts.upper_choices(library)}
    assert {"jiaozuo-2017", "jiaozuo-2017/P4", "lps-2016"} <= keys


def test_a_secret_draft_is_refused_and_nothing_of_it_stays(tmp_path):
    with pytest.raises(SecretFile):
        draft_of(tmp_path, "任何内容", "机密★通报.txt")
    assert not (tmp_path / "incoming").exists()


@pytest.mark.parametrize("key", ["", "upload:9", "library:none", "../x"])
def test_an_unknown_draft_is_an_error_in_words(library, key):
    with pytest.raises(PolicyError, match="草案"):
        drafts.chosen(key, {}, library)


def test_without_an_upper_plan_nothing_is_checked(tmp_path, library):
    with pytest.raises(PolicyError, match="上级文件"):
        run([], draft_of(tmp_path, "某县方案\n"), library)


def test_an_upper_plan_that_has_gone_is_an_error_in_words(tmp_path, library):
    with pytest.raises(PolicyError):
        run(["gone"], draft_of(tmp_path, "某县方案\n\n一、目标\n"), library)


def test_a_draft_that_was_drawn_up_here_can_be_picked(tmp_path, library):
    document = library.document("huanggang-2021")
    held = tuple(library.clauses(document.id)), tuple(library.tasks(document.id))
    profile = read_profile(CORPUS.parent / "examples" / "county.toml")
    plain = drawn_up([(Parsed(document, *held), "")], profile)
    work = work_on(plain, ("huanggang-2021",), {}, profile)
    kept = save_new(library.store, "送审稿", written_down(work), "", "新起草")
    key = f"{drafts.KEPT}{kept.draft}"
    assert ("起草：送审稿", key) in drafts.draft_choices({}, library)
    report = run(["huanggang-2021"], drafts.chosen(key, {}, library), library)
    assert report.word and not report.remark
    assert sum(bool(row.matches) for row in report.coverage.rows) > len(report.coverage.rows) / 2
    forget(report)


def test_comments_on_a_draft_that_is_no_word_file_go_into_its_text(checked):
    assert checked.word and checked.remark == SET_ANEW
    with ZipFile(checked.word) as parts:
        assert "指标降低" in parts.read("word/comments.xml").decode()


def test_the_files_hold_the_report_and_go_with_it(tmp_path, library):
    word = new_word()
    for line in ("某县方案", "一、主要目标", "到2023年，规上企业技改完成面70%以上。"):
        word.add_paragraph(line)
    path = tmp_path / "in" / "某县方案.docx"
    path.parent.mkdir()
    word.save(str(path))
    report = run(["huanggang-2021"], drafts.received(path, 1), library)
    assert not path.exists() and report.word and not report.remark
    with ZipFile(report.word) as parts:
        assert "指标降低" in parts.read("word/comments.xml").decode()
        assert "70%以上" in parts.read("word/document.xml").decode()
    sheet = load_workbook(report.excel)["对照检查表"]
    assert sheet.max_row == len(report.coverage.rows) + 1
    assert sorted(one.suffix for one in report.folder.iterdir()) == [".docx", ".docx", ".xlsx"]
    forget(report)
    assert not report.folder.exists()
