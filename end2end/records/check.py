#!/usr/bin/env python3
"""Checks a folder of records with tools that others made, each in its own virtual environment.

Usage: check.py FOLDER [CHECK…]

A check is a program under checks/: it is given the folder and prints a line for each thing it
looked at, `ok NAME` or `not ok NAME: why`. The packages it needs are in CHECK.requirements.txt.
"""

import hashlib
import pathlib
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent.parent / "target" / "environments"
CHECKS = ["shape", "reading", "structure", "data", "archival", "listening", "seals", "second"]
# Two of them read with the same library.
SHARED = {"data": "structure"}


def python_for(check):
    """The interpreter of a check, its packages installed as its requirements say."""
    requirements = HERE / f"{SHARED.get(check, check)}.requirements.txt"
    if check == "second":
        requirements = HERE.parent / "verify" / "requirements.txt"
    if not requirements.exists():
        return sys.executable
    folder = ENVIRONMENTS / SHARED.get(check, check)
    python = folder / "bin" / "python"
    stamp = folder / "installed"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"installing {requirements.name}", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", requirements], check=True)
        stamp.write_text(wanted)
    return str(python)


def run(check, python, folder):
    program = HERE / "checks" / f"{check}.py"
    ran = subprocess.run([python, program, folder], capture_output=True, text=True, check=False)
    lines = [f"{check}: {line}" for line in ran.stdout.splitlines() if line.startswith(("ok ", "not ok "))]
    if ran.returncode != 0 or not lines:
        lines.append(f"{check}: not ok the check itself: {ran.stderr.strip()[-2000:]}")
    return lines


def main():
    folder, *named = sys.argv[1:]
    checks = named or CHECKS
    # One after the other: pip does not like company.
    pythons = {check: python_for(check) for check in checks}
    with ThreadPoolExecutor(max_workers=2) as pool:
        ran = pool.map(lambda check: run(check, pythons[check], folder), checks)
        passed = failed = 0
        for check, lines in zip(checks, ran):
            wrong = [line for line in lines if ": not ok " in line]
            print(f"{check}: {len(lines) - len(wrong)} of {len(lines)}", flush=True)
            print(*wrong, sep="\n" if wrong else "", end="\n" if wrong else "")
            passed += len(lines) - len(wrong)
            failed += len(wrong)
    if failed:
        print(f"  {failed} failed")
    print(f"  {passed} passed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
