"""The bytes of the file: qpdf is silent, and nothing is where nothing belongs."""

import re
import subprocess

from told import documents, tell

UNSTREAMED = re.compile(rb"stream\r?\n.*?\nendstream", re.S)
SILENT = "No syntax or stream encoding errors found"

for path in documents():
    faults = []
    ran = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    if ran.returncode != 0 or ran.stderr or SILENT not in ran.stdout:
        faults.append(f"qpdf: {(ran.stderr or ran.stdout).strip()[:300]}")
    raw = path.read_bytes()
    if not re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}", raw):
        faults.append("the head is not that of PDF 1.7 with a binary comment")
    if raw[raw.rindex(b"%%EOF") + 5 :] not in (b"", b"\n", b"\r\n"):
        faults.append("bytes follow the last %%EOF")
    revisions = raw.count(b"%%EOF")
    sealed = b"/ETSI.CAdES.detached" in raw
    if revisions != (2 if sealed else 1):
        faults.append(f"{revisions} revisions")
    # ISO 19005-3, 6.1.7.1 and 6.1.9: where lines end about objects and streams.
    for wrong in (rb"[^\r\n]endobj", rb"endobj[^\r\n]", rb"[^\r\n]endstream", rb"\d obj[^\r\n]"):
        found = re.search(wrong, UNSTREAMED.sub(b"stream\nendstream", raw))
        if found:
            faults.append(f"{found[0]!r} at {found.start()}")
    for packed in (b"/ObjStm", b"/XRef"):
        if packed in raw:
            faults.append(f"{packed.decode()} in the file")
    tell(path.stem, faults)
