"""Sets the content with Typst and prints the milliseconds of one document.

With the package `typst` from within, else with the program, whose start is then counted too.
"""

import json
import shutil
import subprocess
import sys
import time

# This folder has a file of the same name.
sys.path.pop(0)
try:
    import typst
except ImportError:
    typst = None
    if not shutil.which("typst"):
        sys.exit(1)

blocks = json.load(open(sys.argv[1], encoding="utf-8"))
source, target = f"{sys.argv[2]}/content.typ", f"{sys.argv[2]}/typst.pdf"


def said(text):
    return json.dumps(text, ensure_ascii=False)


def lines():
    yield "#set page(paper: \"a4\")"
    yield "#set document(title: \"Record\")"
    for block in blocks:
        if "heading" in block:
            yield f"#heading(level: {block['level']}, {said(block['heading'])})"
        elif "paragraph" in block:
            yield f"#par[#{said(block['paragraph'])}]"
        else:
            rows = block["table"]
            cells = ", ".join(said(cell) for row in rows for cell in row)
            yield f"#table(columns: {len(rows[0])}, {cells})"


with open(source, "w", encoding="utf-8") as file:
    file.write("\n\n".join(lines()))


def document():
    if typst:
        typst.compile(source, output=target)
    else:
        subprocess.run(["typst", "compile", source, target], check=True)


document()
started = time.perf_counter()
for _ in range(5):
    document()
print((time.perf_counter() - started) * 200)
