"""The seal, as pyHanko and pdfsig see it: valid, over the whole file, nothing after it."""

import io
import subprocess
import sys
from pathlib import Path

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from told import documents, tell

folder = Path(sys.argv[1])
roots = [load_cert_from_pemder(str(folder / "certificate.pem"))]
authority = folder / "authority" / "tsa.pem"
stamps = [load_cert_from_pemder(str(authority))] if authority.exists() else []


def by_pyhanko(raw):
    reader = PdfFileReader(io.BytesIO(raw))
    seals = reader.embedded_signatures
    if len(seals) != 1:
        return [f"pyHanko finds {len(seals)} signatures"]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    # The authority of the corpus signs its own certificate.
    of_stamps = ValidationContext(trust_roots=stamps, allow_fetching=False, revocation_mode="soft-fail")
    status = validate_pdf_signature(seals[0], context, ts_validation_context=of_stamps)
    faults = []
    if not status.intact or not status.valid:
        faults.append("pyHanko: not intact or not valid")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        faults.append(f"pyHanko: covers {status.coverage}")
    if not status.docmdp_ok:
        faults.append("pyHanko: changed beyond what is allowed")
    if not status.bottom_line:
        faults.append(f"pyHanko: {status.pretty_print_details()[-800:]}")
    return faults


def by_pdfsig(path):
    ran = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    wanted = ["Signature Validation: Signature is Valid.", "Total document signed", "ETSI.CAdES.detached"]
    return [f"pdfsig does not say “{says}”" for says in wanted if says not in ran.stdout]


sealed = [path for path in documents() if b"/ETSI.CAdES.detached" in path.read_bytes()]
for path in sealed:
    try:
        faults = by_pyhanko(path.read_bytes())
    except Exception as error:  # noqa: BLE001, what cannot be read is what we look for
        faults = [f"pyHanko: {error!r}"]
    tell(path.stem, faults + by_pdfsig(path))

# The program itself, as an auditor calls it.
if sealed:
    trusted = ["--trust", authority] if stamps else []
    pyhanko = Path(sys.executable).with_name("pyhanko")
    ran = subprocess.run(
        [pyhanko, "sign", "validate", "--trust", folder / "certificate.pem", *trusted,
         "--no-revocation-check", "--executive-summary", sealed[0]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    valid = ran.returncode == 0 and ran.stdout.strip().endswith("VALID")
    tell("pyhanko-cli", [] if valid else [(ran.stdout + ran.stderr)[-500:]])

    # One byte of the page changed: no tool may call it valid.
    changed = bytearray(sealed[0].read_bytes())
    changed[2000] ^= 1
    try:
        faults = [] if by_pyhanko(bytes(changed)) else ["pyHanko takes it for valid"]
    except Exception:  # noqa: BLE001
        faults = []
    tell("a changed byte is seen", faults)
