-- What instruments reach, how long periods are, which reasons may be given: in versions. Version 0
-- is what the desk was delivered with and stands in no row.
CREATE TABLE tables_version (
    version      BIGINT PRIMARY KEY,
    published_at BIGINT NOT NULL, -- milliseconds, UTC
    published_by UUID,            -- none: the desk itself
    body         TEXT NOT NULL    -- the tables as JSON
);
CREATE FUNCTION tables_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version of the tables does not change';
END $$;
CREATE TRIGGER tables_version_no_change BEFORE UPDATE OR DELETE ON tables_version
    FOR EACH ROW EXECUTE FUNCTION tables_version_refuse();
CREATE TRIGGER tables_version_no_truncate BEFORE TRUNCATE ON tables_version
    FOR EACH STATEMENT EXECUTE FUNCTION tables_version_refuse();
ALTER TABLE tables_version ENABLE ALWAYS TRIGGER tables_version_no_change;
ALTER TABLE tables_version ENABLE ALWAYS TRIGGER tables_version_no_truncate;
