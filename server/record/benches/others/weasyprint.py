"""Sets the content with WeasyPrint and prints the milliseconds of one document."""

import json
import sys
import time
from html import escape

# This folder has a file of the same name.
sys.path.pop(0)
from weasyprint import HTML  # noqa: E402

blocks = json.load(open(sys.argv[1], encoding="utf-8"))


def html():
    yield "<!doctype html><meta charset=utf-8><html lang=en><title>Record</title>"
    for block in blocks:
        if "heading" in block:
            yield f"<h{block['level']}>{escape(block['heading'])}</h{block['level']}>"
        elif "paragraph" in block:
            yield f"<p>{escape(block['paragraph'])}</p>"
        else:
            rows = ("".join(f"<td>{escape(cell)}" for cell in row) for row in block["table"])
            yield "<table>" + "".join(f"<tr>{row}" for row in rows) + "</table>"


def document():
    HTML(string="".join(html())).write_pdf(f"{sys.argv[2]}/weasyprint.pdf", pdf_variant="pdf/ua-1")


document()
started = time.perf_counter()
for _ in range(2):
    document()
print((time.perf_counter() - started) * 500)
