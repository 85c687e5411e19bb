-- The clocks of a case as they stand after its last event. Everything here but `told` follows from
-- the ledger and is compared with it when the ledger is verified.
CREATE TABLE case_clock (
    case_id BLOB NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
    kind    TEXT NOT NULL,
    state   TEXT NOT NULL, -- due: makes something late · quiet: passes quietly · paused · open: runs without an end · stopped
    ends_at INTEGER, -- milliseconds, UTC; none while it is paused or open
    told    INTEGER NOT NULL, -- how far its end was announced by mail: 0 not yet, 1 soon, 2 today, 3 late
    PRIMARY KEY (case_id, kind)
) STRICT;
CREATE INDEX case_clock_ends ON case_clock (state, ends_at, case_id, kind);
CREATE INDEX case_clock_told ON case_clock (state, told, ends_at, case_id, kind);
CREATE INDEX case_clock_kind ON case_clock (kind, state, ends_at);

-- Up to which case the clocks were computed by which edition of the rules. Where a later edition
-- counts otherwise, they are computed anew, in batches, before the desk opens.
CREATE TABLE case_clock_filled (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    rules  INTEGER NOT NULL,
    serial INTEGER NOT NULL -- every case up to this one
) STRICT;
INSERT INTO case_clock_filled (id, rules, serial) VALUES (1, 0, 0);

-- The address of a member's calendar. Only the SHA-256 of its token is kept: who reads this table
-- can read nobody's calendar.
CREATE TABLE calendar_feed (
    member_id  BLOB PRIMARY KEY REFERENCES member (id),
    token_hash BLOB NOT NULL UNIQUE,
    opened_at  INTEGER NOT NULL
) STRICT;
