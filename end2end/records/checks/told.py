"""How a check tells what it found."""

import pathlib
import sys


def documents():
    """The documents of the folder that was given, by name."""
    return sorted(pathlib.Path(sys.argv[1]).glob("*.pdf"))


def records():
    """Those of them that are records: a register and a letter hold no case.json."""
    return [path for path in documents() if not path.stem.startswith(("register-", "letter-"))]


def tell(name, faults):
    """One line for one thing that was looked at."""
    faults = list(dict.fromkeys(faults))
    if faults:
        more = f" (and {len(faults) - 5} more)" if len(faults) > 5 else ""
        print(f"not ok {name}: {'; '.join(faults[:5])}{more}".replace("\n", " "))
    else:
        print(f"ok {name}")
