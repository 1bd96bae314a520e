"""``python -m evals [SUITE…] [--json]``: run suites, report, fail where a bar is missed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evals import judged, report
from evals.suites import QUICK, SUITES
from evals.types import Result

OUT = report.ROOT / "evals" / "out"


def main(
    argv: Sequence[str] | None = None,
    suites: Mapping[str, Callable[[], Result]] = SUITES,
    out: Path = OUT,
) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals", description="运行评测套件")
    parser.add_argument("suite", nargs="*", help=f"套件：{'、'.join(suites)}；不写则全部运行")
    parser.add_argument("--quick", action="store_true", help=f"只运行 {'、'.join(QUICK)}")
    parser.add_argument("--json", action="store_true", help="在标准输出只打印 JSON 日志")
    parser.add_argument("--judge", action="store_true", help="另请设置好的模型评审答案")
    options = parser.parse_args(argv)
    names = options.suite or [name for name in suites if not options.quick or name in QUICK]
    if unknown := [name for name in names if name not in suites]:
        print(f"没有这个套件：{'、'.join(unknown)}；有：{'、'.join(suites)}", file=sys.stderr)
        return 2
    results = [suites[name]() for name in names]
    results += [judged.run()] if options.judge else []
    path = report.save(results, out)
    if options.json:
        print(json.dumps(report.log(results), ensure_ascii=False))
    else:
        print(report.markdown(results))
    print(f"日志：{path}", file=sys.stderr)
    return _exit_code(results)


def _exit_code(results: Sequence[Result]) -> int:
    for result in results:
        for bar in result.missed:
            print(f"{result.suite} 未达要求：{bar}", file=sys.stderr)
    return 1 if any(result.missed for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
