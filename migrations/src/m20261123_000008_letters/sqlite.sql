-- Templates of letters in versions. Version 0 is what the desk was delivered with and stands in no
-- row.
CREATE TABLE letter_template (
    kind         TEXT    NOT NULL,
    language     TEXT    NOT NULL, -- BCP 47
    version      INTEGER NOT NULL CHECK (version > 0),
    subject      TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    published_at INTEGER NOT NULL, -- milliseconds, UTC
    published_by BLOB,             -- none: the desk itself
    PRIMARY KEY (kind, language, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER letter_template_no_update BEFORE UPDATE ON letter_template
BEGIN SELECT RAISE(ABORT, 'a published template does not change'); END;
CREATE TRIGGER letter_template_no_delete BEFORE DELETE ON letter_template
BEGIN SELECT RAISE(ABORT, 'a published template does not change'); END;

-- Where the encrypted bytes of a letter lie.
CREATE TABLE letter_blob (
    letter_id   BLOB PRIMARY KEY,
    case_id     BLOB NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
    blob        TEXT NOT NULL UNIQUE,
    wrapped_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_blob_case ON letter_blob (case_id);
