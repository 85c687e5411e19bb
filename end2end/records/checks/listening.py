"""What somebody who listens meets, as outloud judges it."""

import json
import subprocess
import sys
from pathlib import Path

from told import documents, tell

# FRM-003: the seal's widget lies outside the page, has no size, and is no part of the text.
# ISO 14289-1, 7.18.1 and 7.18.4, except such an annotation.
# LNK-010 warns that addresses are not links: what a stranger wrote is never made one.
PASSED_OVER = "FRM-003,LNK-010"

found = {}
outloud = Path(sys.executable).with_name("outloud")
paths = documents()
for start in range(0, len(paths), 20):
    some = paths[start : start + 20]
    ran = subprocess.run(
        [outloud, "--skip", PASSED_OVER, "--json", "-", "-q", *some],
        capture_output=True, text=True, check=False,
    )
    report, _ = json.JSONDecoder().raw_decode(ran.stdout[ran.stdout.index("{") :])
    for result in report["results"]:
        faults = [
            f"{finding['rule']} {finding['message']} {finding.get('evidence', '')}".strip()
            for finding in result["findings"]
            if finding["severity"] in ("error", "warning")
        ]
        if result["error"]:
            faults.append(str(result["error"]))
        found[Path(result["path"]).stem] = faults

for path in paths:
    tell(path.stem, found.get(path.stem, ["not looked at"]))
