-- One row per mail and recipient. Nothing here follows from the ledger but what members settled.
CREATE TABLE outbox (
    id           BLOB    PRIMARY KEY,
    post_key     TEXT    NOT NULL UNIQUE, -- what is posted once is posted once
    kind         TEXT    NOT NULL,
    case_id      BLOB    REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
    member_id    BLOB, -- whom it is for, where it stays in the house
    recipient    TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    body         TEXT, -- wiped some time after it was sent
    message_id   TEXT    NOT NULL UNIQUE,
    posted_at    INTEGER NOT NULL, -- milliseconds, UTC; the message's own date
    state        TEXT    NOT NULL CHECK (state IN ('waiting', 'claimed', 'handing_over', 'unknown', 'sent', 'refused')),
    attempt      INTEGER NOT NULL,
    due_at       INTEGER NOT NULL, -- not tried before
    changed_at   INTEGER NOT NULL,
    reply        TEXT, -- what the server, or the line to it, said last
    sha256       BLOB CHECK (sha256 IS NULL OR length(sha256) = 32), -- of the message as it went out
    settled_by   BLOB,
    settled_at   INTEGER,
    settled_sent INTEGER,
    CHECK (body IS NOT NULL OR state IN ('sent', 'refused'))
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_due ON outbox (state, due_at, id);
CREATE INDEX outbox_changed ON outbox (state, changed_at, id);
CREATE INDEX outbox_case ON outbox (case_id, posted_at, id) WHERE case_id IS NOT NULL;
CREATE INDEX outbox_wipe ON outbox (state, changed_at) WHERE body IS NOT NULL AND state IN ('sent', 'refused');

-- A mail is never lost: nothing takes it out of the box.
CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'a mail that was posted stays in the outbox'); END;
CREATE TRIGGER outbox_no_other_message BEFORE UPDATE OF id, post_key, message_id, recipient, subject, posted_at ON outbox
BEGIN SELECT RAISE(ABORT, 'a mail that was posted does not change'); END;
CREATE TRIGGER outbox_no_other_text BEFORE UPDATE OF body ON outbox WHEN NEW.body IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a mail that was posted does not change'); END;
