-- The texts that a payload holds only the salted hashes of, with their salts, as JSON. Payloads
-- from before this have none: their texts stand in them. Destroyed together with the payload.
ALTER TABLE ledger_payload ADD COLUMN openings BYTEA CHECK (openings IS NULL OR payload IS NOT NULL);

-- Signed sizes and roots of the ledger, exactly as they were signed.
CREATE TABLE ledger_checkpoint (
    size BIGINT PRIMARY KEY CHECK (size >= 0),
    note TEXT   NOT NULL,
    at   BIGINT NOT NULL -- milliseconds, UTC
);

-- What witnesses added to them.
CREATE TABLE ledger_cosignature (
    size    BIGINT NOT NULL REFERENCES ledger_checkpoint (size),
    witness TEXT   NOT NULL, -- the witness's key
    line    TEXT   NOT NULL, -- one line of a signed note
    at      BIGINT NOT NULL, -- when it came
    PRIMARY KEY (size, witness)
);

-- Whose cosignatures the desk takes now; whom it took before, the ledger tells.
CREATE TABLE witness (
    key      TEXT   PRIMARY KEY,
    named_at BIGINT NOT NULL
);

-- Whether leaves and hashes are served to everybody. Not a column of the organisation, which may
-- have no name yet; no row is a no.
CREATE TABLE ledger_public (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    is_open BOOLEAN NOT NULL
);

-- A record as it was issued: downloading it again gives the same bytes.
CREATE TABLE issued_record (
    id          UUID    PRIMARY KEY,
    case_id     UUID    NOT NULL REFERENCES case_file (id),
    version     BIGINT  NOT NULL, -- of the case, that it tells of
    edition     TEXT    NOT NULL,
    enclosed    BOOLEAN NOT NULL, -- whether the orders are in it
    masked      TEXT    NOT NULL, -- the places that it leaves out, as JSON
    sha256      BYTEA   NOT NULL CHECK (length(sha256) = 32),
    size        BIGINT  NOT NULL,
    under       BIGINT  NOT NULL, -- how many leaves the checkpoint in it covers
    blob        TEXT    NOT NULL UNIQUE,
    wrapped_key BYTEA   NOT NULL,
    issued_at   BIGINT  NOT NULL,
    issued_by   UUID    NOT NULL
);
CREATE INDEX issued_record_case ON issued_record (case_id, issued_at, id);

CREATE FUNCTION ledger_rising() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_checkpoint WHERE size >= NEW.size) THEN
        RAISE EXCEPTION 'the ledger is append-only: a checkpoint is larger than the last one';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION issued_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'issued records are append-only';
END $$;

CREATE TRIGGER ledger_checkpoint_no_change BEFORE UPDATE OR DELETE ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_cosignature_no_change BEFORE UPDATE OR DELETE ON ledger_cosignature
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER issued_record_no_change BEFORE UPDATE OR DELETE ON issued_record
    FOR EACH ROW EXECUTE FUNCTION issued_refuse();
CREATE TRIGGER ledger_checkpoint_no_truncate BEFORE TRUNCATE ON ledger_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_cosignature_no_truncate BEFORE TRUNCATE ON ledger_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER issued_record_no_truncate BEFORE TRUNCATE ON issued_record
    FOR EACH STATEMENT EXECUTE FUNCTION issued_refuse();
CREATE TRIGGER ledger_checkpoint_in_order BEFORE INSERT ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_rising();

ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_no_change;
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_no_truncate;
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_in_order;
ALTER TABLE ledger_cosignature ENABLE ALWAYS TRIGGER ledger_cosignature_no_change;
ALTER TABLE ledger_cosignature ENABLE ALWAYS TRIGGER ledger_cosignature_no_truncate;
ALTER TABLE issued_record ENABLE ALWAYS TRIGGER issued_record_no_change;
ALTER TABLE issued_record ENABLE ALWAYS TRIGGER issued_record_no_truncate;
