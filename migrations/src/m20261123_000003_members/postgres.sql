CREATE TABLE member (
    id                   UUID PRIMARY KEY,
    sign_in              TEXT NOT NULL UNIQUE, -- trimmed and lower case
    name                 TEXT NOT NULL,
    role                 TEXT NOT NULL,
    password_hash        TEXT NOT NULL,
    disabled             BOOLEAN NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    created_at           BIGINT NOT NULL, -- milliseconds, UTC
    wrong_passwords      BIGINT NOT NULL, -- on the day of wrong_at
    wrong_at             BIGINT -- the last wrong password
);

-- Only the SHA-256 of a token is kept: who reads this table cannot be anybody.
CREATE TABLE session (
    token_hash BYTEA PRIMARY KEY,
    member_id  UUID NOT NULL REFERENCES member (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    proved_at  BIGINT NOT NULL, -- when the password was last given
    agent      TEXT NOT NULL -- the browser, as it calls itself
);
CREATE INDEX session_member ON session (member_id, created_at);
CREATE INDEX session_seen ON session (seen_at);

CREATE TABLE policy (
    version       BIGINT PRIMARY KEY,
    in_force_from TEXT NOT NULL,
    body          TEXT NOT NULL -- the version as JSON
);

CREATE TABLE organisation (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL
);

-- Cases are pinned to a version: what it said does not change under them.
CREATE FUNCTION policy_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published policy version does not change';
END $$;
CREATE TRIGGER policy_no_change BEFORE UPDATE OR DELETE ON policy
    FOR EACH ROW EXECUTE FUNCTION policy_refuse();
CREATE TRIGGER policy_no_truncate BEFORE TRUNCATE ON policy
    FOR EACH STATEMENT EXECUTE FUNCTION policy_refuse();
ALTER TABLE policy ENABLE ALWAYS TRIGGER policy_no_change;
ALTER TABLE policy ENABLE ALWAYS TRIGGER policy_no_truncate;
