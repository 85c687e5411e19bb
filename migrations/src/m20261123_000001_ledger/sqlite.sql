-- A leaf stands here byte for byte as it was sealed; the columns beside it repeat what it tells,
-- for queries, and are compared with it when the ledger is verified.
CREATE TABLE ledger_leaf (
    seq     INTEGER PRIMARY KEY CHECK (seq >= 0),
    leaf    BLOB    NOT NULL,
    at      INTEGER NOT NULL, -- milliseconds, UTC
    action  TEXT    NOT NULL, -- case.decide
    area    TEXT    NOT NULL, -- what stands before the point: case
    actor   BLOB,
    case_id BLOB
) STRICT;

-- Every way the ledger's page narrows it ends in seq, so that a page costs what it shows.
CREATE INDEX ledger_leaf_case ON ledger_leaf (case_id, seq);
CREATE INDEX ledger_leaf_actor ON ledger_leaf (actor, seq);
CREATE INDEX ledger_leaf_actor_action ON ledger_leaf (actor, action, seq);
CREATE INDEX ledger_leaf_actor_area ON ledger_leaf (actor, area, seq);
CREATE INDEX ledger_leaf_action ON ledger_leaf (action, seq);
CREATE INDEX ledger_leaf_area ON ledger_leaf (area, seq);

-- Salt and payload are destroyed together when retention ends; the leaf stays.
CREATE TABLE ledger_payload (
    seq     INTEGER PRIMARY KEY REFERENCES ledger_leaf (seq),
    salt    BLOB CHECK (length(salt) = 32),
    payload BLOB,
    CHECK ((salt IS NULL) = (payload IS NULL))
) STRICT;

-- The roots of all complete subtrees, leaves included.
CREATE TABLE ledger_node (
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 62),
    idx   INTEGER NOT NULL CHECK (idx >= 0),
    hash  BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

-- A seat-belt, not the lock: whoever holds the file can drop these, and is found by the hashes.
CREATE TRIGGER ledger_leaf_no_update BEFORE UPDATE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_leaf_no_delete BEFORE DELETE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_payload_no_update BEFORE UPDATE ON ledger_payload
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_payload_no_delete BEFORE DELETE ON ledger_payload
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_node_no_update BEFORE UPDATE ON ledger_node
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_node_no_delete BEFORE DELETE ON ledger_node
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- INSERT OR REPLACE removes the old row without asking the triggers above.
CREATE TRIGGER ledger_leaf_in_order BEFORE INSERT ON ledger_leaf
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM ledger_leaf)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a leaf follows the last one'); END;
CREATE TRIGGER ledger_payload_in_order BEFORE INSERT ON ledger_payload
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM ledger_payload)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a payload follows the last one'); END;
CREATE TRIGGER ledger_node_in_order BEFORE INSERT ON ledger_node
WHEN NEW.idx IS NOT (SELECT coalesce(max(idx), -1) + 1 FROM ledger_node WHERE level = NEW.level)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a node follows the last one'); END;
