"""Asks the internet for known weaknesses of the locked packages:  python3 run.py --audit.

Ends with 0 if there are none, 1 if there are some, 2 if it could not be found out.
"""
# ruff: noqa: INP001, T201 -- run by its path, as run.py does; it is there to print

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
ASK = ["--strict", "--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json"]


def main() -> int:
    """Audit the locks, one after the other."""
    worst = 0
    for lock in LOCKS:
        ran = subprocess.run(  # noqa: S603 -- our own interpreter and a locked package
            [sys.executable, "-m", "pip_audit", *ASK, "-r", str(HERE / lock)],
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            packages = json.loads(ran.stdout)["dependencies"]
        except (ValueError, LookupError):
            print(f"{lock} could not be audited: {_reason(ran.stderr)}")
            print("An audit asks a service in the internet. Nothing is known of the packages now.")
            return 2
        weak = [(package, one) for package in packages for one in package.get("vulns", ())]
        print(f"{lock}: {len(packages)} packages, {len(weak)} known weaknesses")
        for package, one in weak:
            better = ", ".join(one["fix_versions"]) or "no version yet"
            print(f"  {package['name']} {package['version']}: {one['id']}, mended in {better}")
        if weak or ran.returncode:
            worst = 1
    return worst


def _reason(said: str) -> str:
    """The line that says most: an error of the tool, or the last of all."""
    lines = [line for line in said.splitlines() if line.strip()] or ["it gave no answer"]
    return next((line for line in lines if line.startswith("ERROR")), lines[-1])[:300]


if __name__ == "__main__":
    sys.exit(main())
