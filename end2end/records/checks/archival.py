"""PDF/A-3a and PDF/UA-1 as pdf_oxide sees them."""

import pdf_oxide

from told import documents, tell

for path in documents():
    document = pdf_oxide.PdfDocument(str(path))
    archival, accessible = document.validate_pdf_a("3a"), document.validate_pdf_ua()
    faults = [str(fault) for fault in archival["errors"] + accessible["errors"]]
    if not (archival["valid"] and accessible["valid"]) and not faults:
        faults.append("not valid, and it does not say why")
    tell(path.stem, faults)
