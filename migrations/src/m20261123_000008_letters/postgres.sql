-- Templates of letters in versions. Version 0 is what the desk was delivered with and stands in no
-- row.
CREATE TABLE letter_template (
    kind         TEXT   NOT NULL,
    language     TEXT   NOT NULL, -- BCP 47
    version      BIGINT NOT NULL CHECK (version > 0),
    subject      TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    published_at BIGINT NOT NULL, -- milliseconds, UTC
    published_by UUID,            -- none: the desk itself
    PRIMARY KEY (kind, language, version)
);
CREATE FUNCTION letter_template_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published template does not change';
END $$;
CREATE TRIGGER letter_template_no_change BEFORE UPDATE OR DELETE ON letter_template
    FOR EACH ROW EXECUTE FUNCTION letter_template_refuse();
CREATE TRIGGER letter_template_no_truncate BEFORE TRUNCATE ON letter_template
    FOR EACH STATEMENT EXECUTE FUNCTION letter_template_refuse();
ALTER TABLE letter_template ENABLE ALWAYS TRIGGER letter_template_no_change;
ALTER TABLE letter_template ENABLE ALWAYS TRIGGER letter_template_no_truncate;

-- Where the encrypted bytes of a letter lie.
CREATE TABLE letter_blob (
    letter_id   UUID  PRIMARY KEY,
    case_id     UUID  NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
    blob        TEXT  NOT NULL UNIQUE,
    wrapped_key BYTEA NOT NULL
);
CREATE INDEX letter_blob_case ON letter_blob (case_id);
