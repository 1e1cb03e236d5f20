"""`make bench`: every figure that the project promises, as ratios taken within one run."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from tests.bench import (
    beside,
    catalogue,
    compiling,
    due,
    flooding,
    growing,
    holding,
    listing,
    packages,
    playing,
    reminding,
    runtime,
    standings,
    starting,
)
from tests.conftest import ROOT

PARTS = {
    "compile": compiling,
    "catalogue": catalogue,
    "package": packages,
    "runtime": runtime,
    "play": playing,
    "beside": beside,
    "held": holding,
    "growth": growing,
    "due": due,
    "remind": reminding,
    "list": listing,
    "comply": standings,
    "flood": flooding,
    "run": starting,
}


def main(names: list[str]) -> None:
    """Measure the named parts, or all; print each figure and keep them in `bench-results/`."""
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"There is no part {', '.join(unknown)}. The parts: {', '.join(PARTS)}.")
    figures: dict[str, float] = {}
    for name in names or PARTS:
        for label, figure in PARTS[name].measure().items():
            figures[label] = figure
            sys.stdout.write(f"{figure:12.4g}  {label}\n")
            sys.stdout.flush()
    kept = ROOT / "bench-results"
    kept.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    (kept / f"{stamp}.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
