-- A case as it stands after its last event, and beside it the columns of its row in the list.
-- Everything here follows from the ledger and is compared with it when the ledger is verified.
CREATE TABLE case_file (
    serial         INTEGER PRIMARY KEY, -- counts the cases in the order they were opened
    id             BLOB NOT NULL UNIQUE,
    number_year    INTEGER NOT NULL,
    number_count   INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    stage          TEXT NOT NULL,
    ground         TEXT,
    instrument     TEXT,
    authority      TEXT,
    reference      TEXT,
    subject        TEXT,
    received_on    TEXT, -- 2026-03-31, in the zone of receipt
    due_at         INTEGER NOT NULL, -- milliseconds, UTC; the largest number where nothing is due
    due_kind       TEXT,
    awaits         TEXT NOT NULL,
    awaits_staff   INTEGER NOT NULL,
    awaits_manager INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    test           INTEGER NOT NULL,
    body           TEXT NOT NULL, -- the case as JSON
    UNIQUE (number_year, number_count)
) STRICT;

-- A list is read along one of these, whatever narrows it and however it is sorted: the narrowing
-- column, the sort key, and the serial that breaks ties and marks where a page ended.
CREATE INDEX case_file_due ON case_file (due_at, serial);
CREATE INDEX case_file_changed ON case_file (changed_at, serial);
CREATE INDEX case_file_stage ON case_file (stage, serial);
CREATE INDEX case_file_stage_due ON case_file (stage, due_at, serial);
CREATE INDEX case_file_stage_changed ON case_file (stage, changed_at, serial);
CREATE INDEX case_file_ground ON case_file (ground, serial);
CREATE INDEX case_file_ground_due ON case_file (ground, due_at, serial);
CREATE INDEX case_file_ground_changed ON case_file (ground, changed_at, serial);
CREATE INDEX case_file_instrument ON case_file (instrument, serial);
CREATE INDEX case_file_instrument_due ON case_file (instrument, due_at, serial);
CREATE INDEX case_file_instrument_changed ON case_file (instrument, changed_at, serial);
CREATE INDEX case_file_awaits_staff ON case_file (awaits_staff, serial);
CREATE INDEX case_file_awaits_staff_due ON case_file (awaits_staff, due_at, serial);
CREATE INDEX case_file_awaits_staff_changed ON case_file (awaits_staff, changed_at, serial);
CREATE INDEX case_file_awaits_manager ON case_file (awaits_manager, serial);
CREATE INDEX case_file_awaits_manager_due ON case_file (awaits_manager, due_at, serial);
CREATE INDEX case_file_awaits_manager_changed ON case_file (awaits_manager, changed_at, serial);

-- Where the encrypted bytes of an order lie, and the key to them, itself encrypted.
CREATE TABLE order_blob (
    order_id    BLOB PRIMARY KEY,
    case_id     BLOB NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
    blob        TEXT NOT NULL UNIQUE,
    wrapped_key BLOB NOT NULL
) STRICT;
CREATE INDEX order_blob_case ON order_blob (case_id);

-- The words a case is found by, folded and parted by spaces before they come here; the row's id is
-- the case's serial. The ascii tokenizer parts at spaces and leaves all other scripts as they are.
-- FTS5's own secure-delete stays off: it walks a word's whole list of cases whenever one case lets
-- go of it, so that keeping a case would cost more with every case. Words that a case let go of are
-- never answered any more and leave the file with the index's next merges.
CREATE VIRTUAL TABLE case_search USING fts5 (words, tokenize = 'ascii', prefix = '2 3');
