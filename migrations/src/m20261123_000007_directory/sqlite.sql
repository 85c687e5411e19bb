-- An authority as it was entered or last changed. Everything here follows from the ledger and is
-- compared with it when the ledger is verified.
CREATE TABLE authority (
    id         BLOB PRIMARY KEY,
    stands_for BLOB NOT NULL, -- the entry that stands for it since they were merged; else its own id
    listed     INTEGER NOT NULL, -- not merged into another
    folded     TEXT NOT NULL, -- its name as the list is sorted
    entered_at INTEGER NOT NULL, -- milliseconds, UTC
    changed_at INTEGER NOT NULL,
    body       TEXT NOT NULL -- the authority as JSON
) STRICT;
CREATE INDEX authority_listed ON authority (listed, folded, id);
CREATE INDEX authority_stands_for ON authority (stands_for);

-- What an authority is found by: words, names, the ends of its numbers, and keys that a domain made
-- to be taken for one of its own shares with it.
CREATE TABLE authority_trace (
    kind         TEXT NOT NULL,
    trace        TEXT NOT NULL,
    authority_id BLOB NOT NULL REFERENCES authority (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (kind, trace, authority_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX authority_trace_authority ON authority_trace (authority_id);

-- Which entry of the directory a case names, and when the requester was last confirmed on it.
CREATE TABLE case_authority (
    serial       INTEGER PRIMARY KEY REFERENCES case_file (serial) DEFERRABLE INITIALLY DEFERRED,
    authority_id BLOB NOT NULL,
    confirmed_at INTEGER -- milliseconds, UTC; none where nobody confirmed them
) STRICT;
CREATE INDEX case_authority_authority ON case_authority (authority_id, serial);
CREATE INDEX case_authority_confirmed ON case_authority (authority_id, confirmed_at, serial);

-- What a case is found by when another one gives the same number or says the same words.
CREATE TABLE case_trace (
    kind   TEXT NOT NULL,
    trace  TEXT NOT NULL,
    serial INTEGER NOT NULL REFERENCES case_file (serial) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (kind, trace, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_trace_serial ON case_trace (serial);

-- One row once the cases from before have their traces: the rules make those, not SQL.
CREATE TABLE cases_traced (
    id INTEGER PRIMARY KEY CHECK (id = 1)
) STRICT;
