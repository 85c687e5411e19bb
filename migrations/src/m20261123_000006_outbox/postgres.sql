-- One row per mail and recipient. Nothing here follows from the ledger but what members settled.
CREATE TABLE outbox (
    id           UUID    PRIMARY KEY,
    post_key     TEXT    NOT NULL UNIQUE, -- what is posted once is posted once
    kind         TEXT    NOT NULL,
    case_id      UUID    REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
    member_id    UUID, -- whom it is for, where it stays in the house
    recipient    TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    body         TEXT, -- wiped some time after it was sent
    message_id   TEXT    NOT NULL UNIQUE,
    posted_at    BIGINT  NOT NULL, -- milliseconds, UTC; the message's own date
    state        TEXT    NOT NULL CHECK (state IN ('waiting', 'claimed', 'handing_over', 'unknown', 'sent', 'refused')),
    attempt      BIGINT  NOT NULL,
    due_at       BIGINT  NOT NULL, -- not tried before
    changed_at   BIGINT  NOT NULL,
    reply        TEXT, -- what the server, or the line to it, said last
    sha256       BYTEA CHECK (sha256 IS NULL OR length(sha256) = 32), -- of the message as it went out
    settled_by   UUID,
    settled_at   BIGINT,
    settled_sent BOOLEAN,
    CHECK (body IS NOT NULL OR state IN ('sent', 'refused'))
);

CREATE INDEX outbox_due ON outbox (state, due_at, id);
CREATE INDEX outbox_changed ON outbox (state, changed_at, id);
CREATE INDEX outbox_case ON outbox (case_id, posted_at, id) WHERE case_id IS NOT NULL;
CREATE INDEX outbox_wipe ON outbox (state, changed_at) WHERE body IS NOT NULL AND state IN ('sent', 'refused');

-- A mail is never lost: nothing takes it out of the box.
CREATE FUNCTION outbox_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a mail that was posted stays in the outbox';
END $$;
CREATE FUNCTION outbox_same() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.post_key, NEW.message_id, NEW.recipient, NEW.subject, NEW.posted_at)
        IS DISTINCT FROM (OLD.id, OLD.post_key, OLD.message_id, OLD.recipient, OLD.subject, OLD.posted_at)
        OR (NEW.body IS NOT NULL AND NEW.body IS DISTINCT FROM OLD.body) THEN
        RAISE EXCEPTION 'a mail that was posted does not change';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox
    FOR EACH ROW EXECUTE FUNCTION outbox_refuse();
CREATE TRIGGER outbox_no_truncate BEFORE TRUNCATE ON outbox
    FOR EACH STATEMENT EXECUTE FUNCTION outbox_refuse();
CREATE TRIGGER outbox_no_other_message BEFORE UPDATE ON outbox
    FOR EACH ROW EXECUTE FUNCTION outbox_same();
ALTER TABLE outbox ENABLE ALWAYS TRIGGER outbox_no_delete;
ALTER TABLE outbox ENABLE ALWAYS TRIGGER outbox_no_truncate;
ALTER TABLE outbox ENABLE ALWAYS TRIGGER outbox_no_other_message;
