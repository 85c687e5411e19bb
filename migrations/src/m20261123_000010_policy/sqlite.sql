-- Each disclosure under the version of the promise that its case is pinned to. Follows from the
-- ledger, and is compared with it when the ledger is verified.
CREATE TABLE case_disclosure (
    seq         INTEGER PRIMARY KEY, -- the place in the ledger of the entry that recorded it
    case_serial INTEGER NOT NULL REFERENCES case_file (serial),
    place       INTEGER NOT NULL, -- among the disclosures of the case, from 0
    policy      INTEGER NOT NULL,
    ground      TEXT    NOT NULL, -- that the case stood under then
    ill         INTEGER NOT NULL, -- whether anything of it does not sit well
    UNIQUE (case_serial, place)
) STRICT;
CREATE INDEX case_disclosure_policy ON case_disclosure (policy, ground, seq);
CREATE INDEX case_disclosure_ill ON case_disclosure (policy, ground, ill, seq);

-- How many there are, kept as they come and go: counting them would cost more with every case.
-- One row for each version, ground and kind of count, whatever the number of cases.
CREATE TABLE policy_tally (
    policy  INTEGER NOT NULL,
    ground  TEXT    NOT NULL, -- empty where what is counted has none
    counted TEXT    NOT NULL,
    number  INTEGER NOT NULL CHECK (number >= 0),
    PRIMARY KEY (policy, ground, counted)
) STRICT, WITHOUT ROWID;

-- By which rules the tables that follow from the ledger were filled. Where the desk's own are
-- newer, or nothing stands here, they are filled anew when it starts.
CREATE TABLE derivation (
    what    TEXT    PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT;
