-- What instruments reach, how long periods are, which reasons may be given: in versions. Version 0
-- is what the desk was delivered with and stands in no row.
CREATE TABLE tables_version (
    version      INTEGER PRIMARY KEY,
    published_at INTEGER NOT NULL, -- milliseconds, UTC
    published_by BLOB,             -- none: the desk itself
    body         TEXT NOT NULL     -- the tables as JSON
) STRICT;
CREATE TRIGGER tables_version_no_update BEFORE UPDATE ON tables_version
BEGIN SELECT RAISE(ABORT, 'a published version of the tables does not change'); END;
CREATE TRIGGER tables_version_no_delete BEFORE DELETE ON tables_version
BEGIN SELECT RAISE(ABORT, 'a published version of the tables does not change'); END;
