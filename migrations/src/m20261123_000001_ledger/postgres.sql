-- A leaf stands here byte for byte as it was sealed; the columns beside it repeat what it tells,
-- for queries, and are compared with it when the ledger is verified.
CREATE TABLE ledger_leaf (
    seq     BIGINT PRIMARY KEY CHECK (seq >= 0),
    leaf    BYTEA  NOT NULL,
    at      BIGINT NOT NULL, -- milliseconds, UTC
    action  TEXT   NOT NULL, -- case.decide
    area    TEXT   NOT NULL, -- what stands before the point: case
    actor   UUID,
    case_id UUID
);

-- Every way the ledger's page narrows it ends in seq, so that a page costs what it shows.
CREATE INDEX ledger_leaf_case ON ledger_leaf (case_id, seq);
CREATE INDEX ledger_leaf_actor ON ledger_leaf (actor, seq);
CREATE INDEX ledger_leaf_actor_action ON ledger_leaf (actor, action, seq);
CREATE INDEX ledger_leaf_actor_area ON ledger_leaf (actor, area, seq);
CREATE INDEX ledger_leaf_action ON ledger_leaf (action, seq);
CREATE INDEX ledger_leaf_area ON ledger_leaf (area, seq);

-- Salt and payload are destroyed together when retention ends; the leaf stays.
CREATE TABLE ledger_payload (
    seq     BIGINT PRIMARY KEY REFERENCES ledger_leaf (seq),
    salt    BYTEA CHECK (length(salt) = 32),
    payload BYTEA,
    CHECK ((salt IS NULL) = (payload IS NULL))
);

-- The roots of all complete subtrees, leaves included.
CREATE TABLE ledger_node (
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 62),
    idx   BIGINT  NOT NULL CHECK (idx >= 0),
    hash  BYTEA   NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
);

-- A seat-belt, not the lock: whoever owns the tables can drop these, and is found by the hashes.
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END $$;

CREATE FUNCTION ledger_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    awaited BIGINT;
BEGIN
    IF TG_TABLE_NAME = 'ledger_node' THEN
        SELECT coalesce(max(idx), -1) + 1 INTO awaited FROM ledger_node WHERE level = NEW.level;
        IF NEW.idx IS DISTINCT FROM awaited THEN
            RAISE EXCEPTION 'the ledger is append-only: a node follows the last one';
        END IF;
    ELSE
        EXECUTE format('SELECT coalesce(max(seq), -1) + 1 FROM %I', TG_TABLE_NAME) INTO awaited;
        IF NEW.seq IS DISTINCT FROM awaited THEN
            RAISE EXCEPTION 'the ledger is append-only: an entry follows the last one';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_leaf_no_change BEFORE UPDATE OR DELETE ON ledger_leaf
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_payload_no_change BEFORE UPDATE OR DELETE ON ledger_payload
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_node_no_change BEFORE UPDATE OR DELETE ON ledger_node
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_leaf_no_truncate BEFORE TRUNCATE ON ledger_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_payload_no_truncate BEFORE TRUNCATE ON ledger_payload
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_node_no_truncate BEFORE TRUNCATE ON ledger_node
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_leaf_in_order BEFORE INSERT ON ledger_leaf
    FOR EACH ROW EXECUTE FUNCTION ledger_in_order();
CREATE TRIGGER ledger_payload_in_order BEFORE INSERT ON ledger_payload
    FOR EACH ROW EXECUTE FUNCTION ledger_in_order();
CREATE TRIGGER ledger_node_in_order BEFORE INSERT ON ledger_node
    FOR EACH ROW EXECUTE FUNCTION ledger_in_order();

-- A session that calls itself a replica would pass by triggers that are merely enabled.
ALTER TABLE ledger_leaf ENABLE ALWAYS TRIGGER ledger_leaf_no_change;
ALTER TABLE ledger_leaf ENABLE ALWAYS TRIGGER ledger_leaf_no_truncate;
ALTER TABLE ledger_leaf ENABLE ALWAYS TRIGGER ledger_leaf_in_order;
ALTER TABLE ledger_payload ENABLE ALWAYS TRIGGER ledger_payload_no_change;
ALTER TABLE ledger_payload ENABLE ALWAYS TRIGGER ledger_payload_no_truncate;
ALTER TABLE ledger_payload ENABLE ALWAYS TRIGGER ledger_payload_in_order;
ALTER TABLE ledger_node ENABLE ALWAYS TRIGGER ledger_node_no_change;
ALTER TABLE ledger_node ENABLE ALWAYS TRIGGER ledger_node_no_truncate;
ALTER TABLE ledger_node ENABLE ALWAYS TRIGGER ledger_node_in_order;
