"""Sets the content with ReportLab and prints the milliseconds of one document."""

import json
import sys
import time
from html import escape

# This folder has a file of the same name.
sys.path.pop(0)
from reportlab.lib.pagesizes import A4  # noqa: E402
from reportlab.lib.styles import getSampleStyleSheet  # noqa: E402
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table  # noqa: E402

blocks = json.load(open(sys.argv[1], encoding="utf-8"))
styles = getSampleStyleSheet()


def flowables():
    for block in blocks:
        if "heading" in block:
            yield Paragraph(escape(block["heading"]), styles[f"Heading{block['level']}"])
        elif "paragraph" in block:
            yield Paragraph(escape(block["paragraph"]), styles["BodyText"])
        else:
            rows = [[Paragraph(escape(cell), styles["BodyText"]) for cell in row] for row in block["table"]]
            yield Table(rows, colWidths=[455 / len(rows[0])] * len(rows[0]))


def document():
    SimpleDocTemplate(f"{sys.argv[2]}/reportlab.pdf", pagesize=A4).build(list(flowables()))


document()
started = time.perf_counter()
for _ in range(5):
    document()
print((time.perf_counter() - started) * 200)
