-- The texts that a payload holds only the salted hashes of, with their salts, as JSON. Payloads
-- from before this have none: their texts stand in them. Destroyed together with the payload.
ALTER TABLE ledger_payload ADD COLUMN openings BLOB CHECK (openings IS NULL OR payload IS NOT NULL);

-- Signed sizes and roots of the ledger, exactly as they were signed.
CREATE TABLE ledger_checkpoint (
    size INTEGER PRIMARY KEY CHECK (size >= 0),
    note TEXT    NOT NULL,
    at   INTEGER NOT NULL -- milliseconds, UTC
) STRICT;

-- What witnesses added to them.
CREATE TABLE ledger_cosignature (
    size    INTEGER NOT NULL REFERENCES ledger_checkpoint (size),
    witness TEXT    NOT NULL, -- the witness's key
    line    TEXT    NOT NULL, -- one line of a signed note
    at      INTEGER NOT NULL, -- when it came
    PRIMARY KEY (size, witness)
) STRICT, WITHOUT ROWID;

-- Whose cosignatures the desk takes now; whom it took before, the ledger tells.
CREATE TABLE witness (
    key      TEXT    PRIMARY KEY,
    named_at INTEGER NOT NULL
) STRICT;

-- Whether leaves and hashes are served to everybody. Not a column of the organisation, which may
-- have no name yet; no row is a no.
CREATE TABLE ledger_public (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    is_open INTEGER NOT NULL
) STRICT;

-- A record as it was issued: downloading it again gives the same bytes.
CREATE TABLE issued_record (
    id          BLOB    PRIMARY KEY,
    case_id     BLOB    NOT NULL REFERENCES case_file (id),
    version     INTEGER NOT NULL, -- of the case, that it tells of
    edition     TEXT    NOT NULL,
    enclosed    INTEGER NOT NULL, -- whether the orders are in it
    masked      TEXT    NOT NULL, -- the places that it leaves out, as JSON
    sha256      BLOB    NOT NULL CHECK (length(sha256) = 32),
    size        INTEGER NOT NULL,
    under       INTEGER NOT NULL, -- how many leaves the checkpoint in it covers
    blob        TEXT    NOT NULL UNIQUE,
    wrapped_key BLOB    NOT NULL,
    issued_at   INTEGER NOT NULL,
    issued_by   BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX issued_record_case ON issued_record (case_id, issued_at, id);

CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_checkpoint_no_delete BEFORE DELETE ON ledger_checkpoint
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_cosignature_no_update BEFORE UPDATE ON ledger_cosignature
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_cosignature_no_delete BEFORE DELETE ON ledger_cosignature
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER issued_record_no_update BEFORE UPDATE ON issued_record
BEGIN SELECT RAISE(ABORT, 'issued records are append-only'); END;
CREATE TRIGGER issued_record_no_delete BEFORE DELETE ON issued_record
BEGIN SELECT RAISE(ABORT, 'issued records are append-only'); END;

-- INSERT OR REPLACE removes the old row without asking the triggers above.
CREATE TRIGGER ledger_checkpoint_in_order BEFORE INSERT ON ledger_checkpoint
WHEN EXISTS (SELECT 1 FROM ledger_checkpoint WHERE size >= NEW.size)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a checkpoint is larger than the last one'); END;
CREATE TRIGGER ledger_cosignature_in_order BEFORE INSERT ON ledger_cosignature
WHEN EXISTS (SELECT 1 FROM ledger_cosignature WHERE size = NEW.size AND witness = NEW.witness)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a witness cosigns once'); END;
CREATE TRIGGER issued_record_in_order BEFORE INSERT ON issued_record
WHEN EXISTS (SELECT 1 FROM issued_record WHERE id = NEW.id OR blob = NEW.blob)
BEGIN SELECT RAISE(ABORT, 'issued records are append-only: this one is known'); END;
