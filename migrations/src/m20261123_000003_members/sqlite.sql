CREATE TABLE member (
    id                   BLOB PRIMARY KEY,
    sign_in              TEXT NOT NULL UNIQUE, -- trimmed and lower case
    name                 TEXT NOT NULL,
    role                 TEXT NOT NULL,
    password_hash        TEXT NOT NULL,
    disabled             INTEGER NOT NULL,
    must_change_password INTEGER NOT NULL,
    created_at           INTEGER NOT NULL, -- milliseconds, UTC
    wrong_passwords      INTEGER NOT NULL, -- on the day of wrong_at
    wrong_at             INTEGER -- the last wrong password
) STRICT;

-- Only the SHA-256 of a token is kept: who reads this table cannot be anybody.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    member_id  BLOB NOT NULL REFERENCES member (id),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    proved_at  INTEGER NOT NULL, -- when the password was last given
    agent      TEXT NOT NULL -- the browser, as it calls itself
) STRICT;
CREATE INDEX session_member ON session (member_id, created_at);
CREATE INDEX session_seen ON session (seen_at);

CREATE TABLE policy (
    version       INTEGER PRIMARY KEY,
    in_force_from TEXT NOT NULL,
    body          TEXT NOT NULL -- the version as JSON
) STRICT;

CREATE TABLE organisation (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL
) STRICT;

-- Cases are pinned to a version: what it said does not change under them.
CREATE TRIGGER policy_no_update BEFORE UPDATE ON policy
BEGIN SELECT RAISE(ABORT, 'a published policy version does not change'); END;
CREATE TRIGGER policy_no_delete BEFORE DELETE ON policy
BEGIN SELECT RAISE(ABORT, 'a published policy version does not change'); END;
