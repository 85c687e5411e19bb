"""What a program that knows nothing of tags reads: the words, in the order of the page.

Of pages that run right to left, what one reads that knows them: without tags, pdftotext turns the
letters of a told text round there.
"""

import subprocess

from told import documents, records, tell

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
    "letter-leftwards-ar": ["الرقيب هيلينا مارش", "على طلبكم (مرجعنا DD-2026-00042)", "ما أُرسل", "التوقيع", "مع فائق الاحترام"],
    "letter-leftwards-he": ["רב־סמל הלנה מארש", "לבקשתכם (סימננו DD-2026-00042)", "מה נשלח", "חתימה", "בכבוד רב"],
    "letter-hostile-controls": ["Dear reganam,", "abc[31m ()", "[U+1F469]"],
}

# Of a letter: whose it is, to whom, of which day, about what, and how it begins and ends.
REFERENCE = {"en": "(our reference DD-2026-", "de": "(unser Zeichen DD-2026-"}
BEGINS = {"en": "Dear Helena Marsh,", "de": "Sehr geehrte Damen und Herren,"}
ENDS = {"en": "Sincerely,", "de": "Mit freundlichen Grüßen"}
HOUSE = "Example Conversations Ltd"


def of_a_letter(name):
    """What a letter in a language the desk is delivered with must say, in this order."""
    of, _, rest = name.partition("-")
    kind, _, language = rest.rpartition("-")
    if of != "letter" or language not in REFERENCE:
        return []
    if kind == "notice":
        return [HOUSE, "J. Doe", "November 2026", REFERENCE[language], HOUSE]
    parts = [REFERENCE[language], BEGINS[language], ENDS[language], "Anna Lindqvist", HOUSE]
    return [HOUSE, "Helena Marsh", "United States", "November 2026", *parts]


def text_of(path, *how):
    ran = subprocess.run(["pdftotext", *how, path, "-"], capture_output=True, text=True, check=True)
    return ran.stdout


def tagged(path):
    # Beside the text it prints tags' own titles, in another encoding.
    ran = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True)
    return ran.stdout.decode("utf-8", "replace")


sectioned = records()
for path in documents():
    faults = []
    if path in sectioned:
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
    text, at = tagged(path) if path.stem.startswith("letter-leftwards") else text_of(path), 0
    for words in SAYS.get(path.stem, []) + of_a_letter(path.stem):
        found = text.find(words, at)
        if found < 0:
            faults.append(f"“{words}” is not read")
        else:
            at = found + len(words)
    tell(path.stem, faults)
