"""What a program that knows nothing of tags reads: the words, in the order of the page."""

import subprocess

from told import documents, tell

CHAPTERS = [
    "Summary", "This document", "The request", "Ground, instrument and gate", "Scope",
    "Orders on file", "Verification of the requester", "Decisions", "Disclosures",
    "Notice to the subject", "Clocks", "Who had a hand in it", "Timeline", "How to verify this record",
]

# What each of these must say, in this order, right-to-left text in reading order too.
SAYS = {
    "script-arabic": ["النيابة العامة", "أمر المحكمة"],
    "script-hebrew": ["בית המשפט המחוזי", "צו מספר"],
    "script-greek": ["Εισαγγελία Πρωτοδικών"],
    "script-cyrillic": ["Следственный отдел"],
    "script-signs": ["[U+1F600]"],
    "edition-warrant-all-left-out": ["This is a redacted edition", "[left out]"],
}


def text_of(path, *how):
    ran = subprocess.run(["pdftotext", *how, path, "-"], capture_output=True, text=True, check=True)
    return ran.stdout


for path in documents():
    faults = []
    if not path.stem.startswith("register"):
        at = -1
        # As drawn: guessing columns and directions is what tags are for.
        lines = text_of(path, "-raw").splitlines()
        for chapter in CHAPTERS:
            found = [
                place
                for place, line in enumerate(lines)
                if place > at and line.strip().endswith(chapter) and line[:1].isdigit()
            ]
            if not found:
                faults.append(f"the chapter “{chapter}” is missing or out of order")
                break
            at = found[0]
    text, at = text_of(path), 0
    for words in SAYS.get(path.stem, []):
        found = text.find(words, at)
        if found < 0:
            faults.append(f"“{words}” is not read")
        else:
            at = found
    tell(path.stem, faults)
