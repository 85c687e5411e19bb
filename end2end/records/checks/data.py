"""case.json, taken out of the record: it fits the schema, and the pages tell of it."""

import json
from pathlib import Path

import jsonschema
import pikepdf

from told import records, tell

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "server/record/schema/record-v2.schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(SCHEMA)
validator = jsonschema.Draft202012Validator(SCHEMA)
KEYS = ["format", "edition", "organisation", "as_of", "case", "policy", "masked", "ledger"]

for path in records():
    with pikepdf.open(path) as pdf:
        raw = pdf.attachments["case.json"].get_file().read_bytes()
        title = str(pdf.docinfo["/Title"])
    faults = []
    data = json.loads(raw.decode("utf-8"))
    for error in validator.iter_errors(data):
        faults.append(f"{'/'.join(map(str, error.absolute_path))}: {error.message[:160]}")
    if list(data) != KEYS:
        faults.append("its keys are not in their order")
    if not raw.endswith(b"}\n"):
        faults.append("it does not end with a line feed")
    if data["case"]["number"] not in title:
        faults.append("the title names another case")
    tell(path.stem, faults)
