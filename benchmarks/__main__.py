"""`python -m benchmarks NAME [--write]`."""

from __future__ import annotations

import argparse
import shlex
import sys

from benchmarks import classify, link, ocr, service
from benchmarks.report import Report, print_report, write_report

NAMES = {"ocr": ocr, "classify": classify, "link": link, "service": service}


def main() -> None:
    """Run one benchmark; print it, and with --write put it into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="./run bench")
    commands = parser.add_subparsers(dest="name", required=True)
    for name, module in NAMES.items():
        command = commands.add_parser(name, help=(module.__doc__ or "").splitlines()[0])
        module.add_options(command)
        command.add_argument("--write", action="store_true", help="also write docs/benchmarks.md")
    options = parser.parse_args()
    report: Report = NAMES[options.name].run(options)
    print_report(report)
    if options.write:
        words = [word for word in sys.argv[1:] if word != "--write"]
        write_report(report, f"./run bench {shlex.join(words)}")


if __name__ == "__main__":
    main()
