"""The two ways in which a file disappoints a verifier, and the order of the verdicts."""

# Worst first. Source: FORMAT.md of the record, part 5.
CODES = {
    "altered": 1,
    "diverged": 5,
    "rules broken": 6,
    "older": 4,
    "not connected": 7,
    "signature unknown": 3,
    "intact": 0,
}
UNUSABLE = "cannot be read"


class Altered(Exception):
    """What stands in the file is not what was sealed; the sentence says where."""


class Unusable(Exception):
    """There is nothing to judge: no record, or a file beside it that cannot be used."""


class RuleBroken(Exception):
    """An entry tells a step that the rules refuse."""


def need(holds: object, says: str) -> None:
    """Raises `Altered` with this sentence unless it holds."""
    if not holds:
        raise Altered(says)
