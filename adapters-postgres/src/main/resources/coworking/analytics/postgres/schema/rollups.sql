--liquibase formatted sql logicalFilePath:coworking-analytics-rollups

-- The journal and the roll-ups, in a schema of their own; docs/adr/0014-journal-and-fold.md says why they are what they are.
-- A changeset that has been released is never edited, for installations remember its checksum: append another one.
-- Rollups.uninstall takes all of this away again.
--
-- ${rollups} is the schema of the roll-ups: coworking_analytics, if the tables are in the schema "public". Liquibase computes checksums after it has
-- replaced it.

-- The functions run with their owner's rights, so that writers need none on the journal. They call no operator, and name every type and
-- table in full: what the writer's search_path says is nothing to them. Comparisons stand in the triggers, where they are
-- resolved once and for all.
--changeset coworking-analytics:journal splitStatements:false
CREATE SCHEMA ${rollups};

-- What changed since the last fold, one row a change and never updated: writers cannot meet in it. It takes what it is given,
-- for a constraint that fails would fail the writer. "wipes" says that nothing counts any more that has a lower id: a TRUNCATE
-- waits for all other writers, so every id below its own was drawn before it, and every id above after.
CREATE TABLE ${rollups}.journal (
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint,
    day date,
    issued integer NOT NULL,
    used integer NOT NULL,
    wipes boolean NOT NULL DEFAULT false
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000);
CREATE INDEX journal_wipes ON ${rollups}.journal (id) WHERE wipes;

-- One row. A generation is a number that no other state of the roll-ups ever had, in this installation or another one: it
-- follows the clock, so that it does not come again after a restore. Zero: not filled yet; the roll-ups by_day and by_user are made
-- when they are filled. "triggers" says which triggers have been at work since then.
CREATE TABLE ${rollups}.state (
    the_only boolean CONSTRAINT state_pk PRIMARY KEY DEFAULT true CHECK (the_only),
    generation bigint NOT NULL,
    triggers text
);
INSERT INTO ${rollups}.state (generation) VALUES (0);

CREATE FUNCTION ${rollups}.token_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (user_id, day, issued, used)
    VALUES (NEW.user_id, NEW.created_at::pg_catalog.date, 1, CASE WHEN NEW.used_at IS NULL THEN 0 ELSE 1 END);
    RETURN NULL;
END $$;

CREATE FUNCTION ${rollups}.token_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (user_id, day, issued, used)
    VALUES (OLD.user_id, OLD.created_at::pg_catalog.date, -1, CASE WHEN OLD.used_at IS NULL THEN 0 ELSE -1 END);
    RETURN NULL;
END $$;

CREATE FUNCTION ${rollups}.token_use_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (user_id, day, issued, used)
    VALUES (NEW.user_id, NEW.created_at::pg_catalog.date, 0, CASE WHEN NEW.used_at IS NULL THEN -1 ELSE 1 END);
    RETURN NULL;
END $$;

CREATE FUNCTION ${rollups}.token_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (user_id, day, issued, used)
    VALUES (OLD.user_id, OLD.created_at::pg_catalog.date, -1, CASE WHEN OLD.used_at IS NULL THEN 0 ELSE -1 END),
           (NEW.user_id, NEW.created_at::pg_catalog.date, 1, CASE WHEN NEW.used_at IS NULL THEN 0 ELSE 1 END);
    RETURN NULL;
END $$;

-- Nothing to count, but a version to move: the report of the user visits shows when users joined.
CREATE FUNCTION ${rollups}.user_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (issued, used) VALUES (0, 0);
    RETURN NULL;
END $$;

CREATE FUNCTION ${rollups}.tokens_truncated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (issued, used, wipes) VALUES (0, 0, true);
    RETURN NULL;
END $$;

-- Moves the journal into the roll-ups and returns the number of changes moved; null where somebody else does that already.
-- Readers see all of it or nothing. It must run at READ COMMITTED, or it might not see what the fold before it did.
CREATE FUNCTION ${rollups}.fold() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wipe bigint;
    moved bigint;
    outdated bigint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(5153, 1) THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM ${rollups}.state WHERE generation > 0) THEN
        RETURN NULL;
    END IF;
    SELECT max(id) INTO wipe FROM ${rollups}.journal WHERE wipes;
    IF wipe IS NOT NULL THEN
        DELETE FROM ${rollups}.by_day;
        DELETE FROM ${rollups}.by_user;
        DELETE FROM ${rollups}.journal WHERE id <= wipe;
        GET DIAGNOSTICS outdated = ROW_COUNT;
    END IF;
    -- One statement, one snapshot. A TRUNCATE that was committed since is left to the next fold, with all that was journalled.
    WITH taken AS (
        DELETE FROM ${rollups}.journal
        WHERE NOT EXISTS (SELECT FROM ${rollups}.journal WHERE wipes)
        RETURNING user_id, day, issued, used
    ), days AS (
        INSERT INTO ${rollups}.by_day AS kept (day, issued, used)
        SELECT day, sum(issued), sum(used) FROM taken WHERE day IS NOT NULL GROUP BY day
        ON CONFLICT (day) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    ), users AS (
        INSERT INTO ${rollups}.by_user AS kept (user_id, issued, used)
        SELECT user_id, sum(issued), sum(used) FROM taken WHERE user_id IS NOT NULL GROUP BY user_id
        ON CONFLICT (user_id) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    )
    SELECT count(*) INTO moved FROM taken;
    IF moved + outdated > 0 THEN
        UPDATE ${rollups}.state
        SET generation = greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
    END IF;
    RETURN moved + outdated;
END $$;

-- Names the triggers in their present state. Each change of one is a new version of its row: disabled and enabled again, it is
-- another one, for nobody knows what went past it.
CREATE FUNCTION ${rollups}.triggers() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(concat_ws('/', pg_trigger.oid, pg_trigger.xmin), ' ' ORDER BY pg_trigger.oid)
    FROM pg_trigger
    JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE pronamespace = to_regnamespace('${rollups}')
$$;

-- Whoever may read the tokens may read what is made of them, and fold.
CREATE PROCEDURE ${rollups}.admit_readers() LANGUAGE plpgsql AS $$
DECLARE
    reader text;
BEGIN
    FOR reader IN
        SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
        FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
        WHERE pg_class.oid = to_regclass('tokens') AND privilege_type = 'SELECT'
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA ${rollups} TO %s', reader);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA ${rollups} TO %s', reader);
        EXECUTE format('GRANT EXECUTE ON FUNCTION ${rollups}.fold(), ${rollups}.triggers() TO %s', reader);
    END LOOP;
END $$;

-- Nobody else may forge a journal row by putting one of the functions on a table of their own.
REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA ${rollups} FROM PUBLIC;

-- Writers may have to wait for what this changeset locks, so it does nothing else. Whoever holds a table for longer than the
-- session's lock_timeout makes it fail, and be tried again.
--changeset coworking-analytics:triggers splitStatements:false
LOCK TABLE tokens, users IN SHARE ROW EXCLUSIVE MODE;

CREATE TRIGGER coworking_analytics_inserted AFTER INSERT ON tokens
    FOR EACH ROW EXECUTE FUNCTION ${rollups}.token_inserted();
CREATE TRIGGER coworking_analytics_deleted AFTER DELETE ON tokens
    FOR EACH ROW EXECUTE FUNCTION ${rollups}.token_deleted();
CREATE TRIGGER coworking_analytics_use_changed AFTER UPDATE ON tokens
    FOR EACH ROW WHEN (OLD.user_id IS NOT DISTINCT FROM NEW.user_id
                       AND OLD.created_at::date IS NOT DISTINCT FROM NEW.created_at::date
                       AND (OLD.used_at IS NULL) <> (NEW.used_at IS NULL))
    EXECUTE FUNCTION ${rollups}.token_use_changed();
CREATE TRIGGER coworking_analytics_moved AFTER UPDATE ON tokens
    FOR EACH ROW WHEN (OLD.user_id IS DISTINCT FROM NEW.user_id OR OLD.created_at::date IS DISTINCT FROM NEW.created_at::date)
    EXECUTE FUNCTION ${rollups}.token_moved();
CREATE TRIGGER coworking_analytics_truncated AFTER TRUNCATE ON tokens
    FOR EACH STATEMENT EXECUTE FUNCTION ${rollups}.tokens_truncated();

CREATE TRIGGER coworking_analytics_changed AFTER INSERT OR DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION ${rollups}.user_changed();
CREATE TRIGGER coworking_analytics_corrected AFTER UPDATE ON users
    FOR EACH ROW WHEN (OLD.id <> NEW.id OR OLD.joined_at IS DISTINCT FROM NEW.joined_at)
    EXECUTE FUNCTION ${rollups}.user_changed();
CREATE TRIGGER coworking_analytics_truncated AFTER TRUNCATE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION ${rollups}.user_changed();

-- Always: what a replication or a restore applies as a replica is counted like everything else.
ALTER TABLE tokens
    ENABLE ALWAYS TRIGGER coworking_analytics_inserted,
    ENABLE ALWAYS TRIGGER coworking_analytics_deleted,
    ENABLE ALWAYS TRIGGER coworking_analytics_use_changed,
    ENABLE ALWAYS TRIGGER coworking_analytics_moved,
    ENABLE ALWAYS TRIGGER coworking_analytics_truncated;
ALTER TABLE users
    ENABLE ALWAYS TRIGGER coworking_analytics_changed,
    ENABLE ALWAYS TRIGGER coworking_analytics_corrected,
    ENABLE ALWAYS TRIGGER coworking_analytics_truncated;

-- By the hour as well, and by who comes again after which day; and whatever the reports show moves the version: the minute of a time, a code,
-- a name. The trigger functions still call no operator. A time that is infinite has no hour; it counts as the first one of its day, which is
-- as far away.
--
-- An installation that was filled before this is filled again, for by_hour and by_return are made when they are filled. Until then nobody
-- folds, and an older version of this program that fills the others anew, and so forgets these, is refused: "complete" is the generation in
-- which all were true. Rows without an hour are all older than that filling: the lock waits for whoever wrote them.
--changeset coworking-analytics:hours-and-returns splitStatements:false
LOCK TABLE tokens, users IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE ${rollups}.journal ADD COLUMN hour smallint;
ALTER TABLE ${rollups}.state
    ADD COLUMN complete bigint CONSTRAINT state_is_complete CHECK (complete = generation);

CREATE OR REPLACE FUNCTION ${rollups}.token_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (user_id, day, hour, issued, used)
    VALUES (NEW.user_id, NEW.created_at::pg_catalog.date, coalesce(pg_catalog.date_part('hour', NEW.created_at), 0),
            1, CASE WHEN NEW.used_at IS NULL THEN 0 ELSE 1 END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ${rollups}.token_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (user_id, day, hour, issued, used)
    VALUES (OLD.user_id, OLD.created_at::pg_catalog.date, coalesce(pg_catalog.date_part('hour', OLD.created_at), 0),
            -1, CASE WHEN OLD.used_at IS NULL THEN 0 ELSE -1 END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ${rollups}.token_use_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (user_id, day, hour, issued, used)
    VALUES (NEW.user_id, NEW.created_at::pg_catalog.date, coalesce(pg_catalog.date_part('hour', NEW.created_at), 0),
            0, CASE WHEN NEW.used_at IS NULL THEN -1 WHEN OLD.used_at IS NULL THEN 1 ELSE 0 END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ${rollups}.token_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO ${rollups}.journal (user_id, day, hour, issued, used)
    VALUES (OLD.user_id, OLD.created_at::pg_catalog.date, coalesce(pg_catalog.date_part('hour', OLD.created_at), 0),
            -1, CASE WHEN OLD.used_at IS NULL THEN 0 ELSE -1 END),
           (NEW.user_id, NEW.created_at::pg_catalog.date, coalesce(pg_catalog.date_part('hour', NEW.created_at), 0),
            1, CASE WHEN NEW.used_at IS NULL THEN 0 ELSE 1 END);
    RETURN NULL;
END $$;

-- What the journal changes in by_return. The tokens of its users, and of them only those from the visit before the first day that changed
-- to the visit after the last, say on which days they come now; the journal, on which of these days they did not come before, or do not any
-- more. Days whose neighbours lie outside of that are the same in both, and cancel out.
--
-- Each user is looked up by the index (OFFSET 0), however many the planner expects: it knows little of a journal that was empty a moment ago.
--
-- Infinities count as the ends of the calendar, in front of later days: who has a token beyond them is looked at as a whole. A body that is
-- text is resolved when it is called, and so is in nobody's way who alters the table. It has the rights of its caller, who may read both.
DO $do$
BEGIN
    EXECUTE (SELECT format($create$
CREATE FUNCTION ${rollups}.return_changes() RETURNS TABLE (day date, previous date, members bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $body$
    WITH changes AS MATERIALIZED (
        SELECT user_id, counts_on AS day, sum(used) AS used
        FROM (
            SELECT user_id, used,
                   CASE day WHEN 'infinity' THEN DATE '9999-12-31' WHEN '-infinity' THEN DATE '0001-01-01' ELSE day END AS counts_on
            FROM ${rollups}.journal
            WHERE user_id IS NOT NULL AND used <> 0
              AND id > coalesce((SELECT max(id) FROM ${rollups}.journal WHERE wipes), 0)
        ) AS change
        GROUP BY user_id, counts_on
        HAVING sum(used) <> 0
    ), changed AS MATERIALIZED (
        SELECT user_id, first, last,
               first < DATE '0001-01-01' OR last >= DATE '10000-01-01'
               OR EXISTS (SELECT FROM %1$s AS token WHERE token.user_id = span.user_id AND created_at < DATE '0001-01-01')
               OR EXISTS (SELECT FROM %1$s AS token WHERE token.user_id = span.user_id AND created_at >= DATE '10000-01-01') AS is_odd
        FROM (SELECT user_id, min(day) AS first, max(day) AS last FROM changes GROUP BY user_id) AS span
    ), stretches AS MATERIALIZED (
        SELECT user_id,
               CASE WHEN is_odd THEN NULL ELSE (
                   SELECT created_at
                   FROM %1$s AS token
                   WHERE token.user_id = changed.user_id AND created_at < first AND used_at IS NOT NULL
                   ORDER BY created_at DESC
                   LIMIT 1)
               END AS since,
               CASE WHEN is_odd THEN NULL ELSE (
                   SELECT created_at
                   FROM %1$s AS token
                   WHERE token.user_id = changed.user_id AND created_at >= last + 1 AND used_at IS NOT NULL
                   ORDER BY created_at
                   LIMIT 1)
               END AS until
        FROM changed
    ), counts AS MATERIALIZED (
        SELECT user_id, day, sum(present) AS present, sum(present) - sum(change) AS before
        FROM (
            SELECT user_id, 1 AS present, 0 AS change,
                   (CASE created_at WHEN 'infinity' THEN TIMESTAMP '9999-12-31' WHEN '-infinity' THEN TIMESTAMP '0001-01-01'
                    ELSE created_at END)::date AS day
            FROM stretches
            CROSS JOIN LATERAL (
                SELECT created_at
                FROM %1$s AS token
                WHERE token.user_id = stretches.user_id AND used_at IS NOT NULL
                  AND created_at BETWEEN coalesce(since, '-infinity') AND coalesce(until, 'infinity')
                OFFSET 0) AS visited
            UNION ALL
            SELECT user_id, 0, used, day FROM changes
        ) AS visit
        GROUP BY user_id, day
    )
    SELECT day, previous, sum(members)::bigint
    FROM (
        SELECT day, coalesce(lag(day) OVER (PARTITION BY user_id ORDER BY day), 'infinity') AS previous, 1 AS members
        FROM counts
        WHERE present > 0
        UNION ALL
        SELECT day, coalesce(lag(day) OVER (PARTITION BY user_id ORDER BY day), 'infinity'), -1
        FROM counts
        WHERE before > 0
    ) AS pairs
    GROUP BY day, previous
    HAVING sum(members) <> 0
$body$
$create$, format('%I.%I', nspname, relname))
             FROM pg_class
             JOIN pg_namespace ON pg_namespace.oid = relnamespace
             WHERE pg_class.oid = to_regclass('tokens'));
END $do$;

CREATE OR REPLACE FUNCTION ${rollups}.fold() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    wipe bigint;
    moved bigint;
    outdated bigint := 0;
    newest bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(5153, 1) THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM ${rollups}.state WHERE complete > 0) THEN
        RETURN NULL;
    END IF;
    SELECT max(id) INTO wipe FROM ${rollups}.journal WHERE wipes;
    IF wipe IS NOT NULL THEN
        DELETE FROM ${rollups}.by_day;
        DELETE FROM ${rollups}.by_hour;
        DELETE FROM ${rollups}.by_return;
        DELETE FROM ${rollups}.by_user;
        DELETE FROM ${rollups}.journal WHERE id <= wipe;
        GET DIAGNOSTICS outdated = ROW_COUNT;
    END IF;
    -- One statement, one snapshot. A TRUNCATE that was committed since is left to the next fold, with all that was journalled.
    WITH taken AS (
        DELETE FROM ${rollups}.journal
        WHERE NOT EXISTS (SELECT FROM ${rollups}.journal WHERE wipes)
        RETURNING user_id, day, hour, issued, used
    ), days AS (
        INSERT INTO ${rollups}.by_day AS kept (day, issued, used)
        SELECT day, sum(issued), sum(used) FROM taken WHERE day IS NOT NULL GROUP BY day
        ON CONFLICT (day) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    ), hours AS (
        INSERT INTO ${rollups}.by_hour AS kept (day, hour, issued, used)
        SELECT day, hour, sum(issued), sum(used) FROM taken WHERE day IS NOT NULL GROUP BY day, hour
        ON CONFLICT (day, hour) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    ), returns AS (
        INSERT INTO ${rollups}.by_return AS kept (day, previous, members)
        SELECT day, previous, members FROM ${rollups}.return_changes()
        WHERE NOT EXISTS (SELECT FROM ${rollups}.journal WHERE wipes)
        ON CONFLICT (day, previous) DO UPDATE SET members = kept.members + excluded.members
    ), users AS (
        INSERT INTO ${rollups}.by_user AS kept (user_id, issued, used)
        SELECT user_id, sum(issued), sum(used) FROM taken WHERE user_id IS NOT NULL GROUP BY user_id
        ON CONFLICT (user_id) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    )
    SELECT count(*) INTO moved FROM taken;
    IF moved + outdated > 0 THEN
        SELECT greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) INTO newest FROM ${rollups}.state;
        UPDATE ${rollups}.state SET generation = newest, complete = newest;
    END IF;
    RETURN moved + outdated;
END $$;

CREATE OR REPLACE TRIGGER coworking_analytics_use_changed AFTER UPDATE ON tokens
    FOR EACH ROW WHEN (OLD.id = NEW.id
                       AND OLD.user_id IS NOT DISTINCT FROM NEW.user_id
                       AND OLD.token IS NOT DISTINCT FROM NEW.token
                       AND OLD.created_at IS NOT DISTINCT FROM NEW.created_at
                       AND OLD.used_at IS DISTINCT FROM NEW.used_at)
    EXECUTE FUNCTION ${rollups}.token_use_changed();
CREATE OR REPLACE TRIGGER coworking_analytics_moved AFTER UPDATE ON tokens
    FOR EACH ROW WHEN (OLD.id <> NEW.id
                       OR OLD.user_id IS DISTINCT FROM NEW.user_id
                       OR OLD.token IS DISTINCT FROM NEW.token
                       OR OLD.created_at IS DISTINCT FROM NEW.created_at)
    EXECUTE FUNCTION ${rollups}.token_moved();
CREATE OR REPLACE TRIGGER coworking_analytics_corrected AFTER UPDATE ON users
    FOR EACH ROW WHEN (OLD.id <> NEW.id
                       OR OLD.joined_at IS DISTINCT FROM NEW.joined_at
                       OR OLD.is_active IS DISTINCT FROM NEW.is_active
                       OR OLD.first_name IS DISTINCT FROM NEW.first_name
                       OR OLD.last_name IS DISTINCT FROM NEW.last_name)
    EXECUTE FUNCTION ${rollups}.user_changed();

ALTER TABLE tokens
    ENABLE ALWAYS TRIGGER coworking_analytics_use_changed,
    ENABLE ALWAYS TRIGGER coworking_analytics_moved;
ALTER TABLE users
    ENABLE ALWAYS TRIGGER coworking_analytics_corrected;

--changeset coworking-analytics:count-views splitStatements:false
-- The sum of each roll-up and its journal, once: the changes of the journal since the last fold, or nothing but them after a TRUNCATE.
-- The arms have the same types, so that conditions on days and users reach the indexes. The views leave out groups that count nothing.
--
-- A procedure creates the views, because the filling creates the roll-ups and calls it; an installation that is filled already gets its views
-- here. The views read the roll-ups and the journal with the rights of their owner; return_changes() has the rights of its caller.
--
-- user_counts keeps the sums of a million users as they are and looks up the few users of the journal. A FULL JOIN would keep conditions on
-- users from the index, and a GROUP BY over both would add up a million users anew.
--
-- These comments stand below the line that begins the changeset, because a comment above it belongs to the changeset before, and its checksum.
CREATE PROCEDURE ${rollups}.create_views() LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('${rollups}.user_counts') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE VIEW ${rollups}.day_counts AS
    SELECT day, sum(issued)::bigint AS issued, sum(used)::bigint AS used
    FROM (
        SELECT day, issued, used
        FROM ${rollups}.by_day
        WHERE (SELECT max(id) FROM ${rollups}.journal WHERE wipes) IS NULL
        UNION ALL
        SELECT day, issued::bigint, used::bigint
        FROM ${rollups}.journal
        WHERE day IS NOT NULL AND id > coalesce((SELECT max(id) FROM ${rollups}.journal WHERE wipes), 0)
    ) AS counted
    GROUP BY day
    HAVING sum(issued) <> 0 OR sum(used) <> 0;

    CREATE VIEW ${rollups}.hour_counts AS
    SELECT day, hour, sum(issued)::bigint AS issued, sum(used)::bigint AS used
    FROM (
        SELECT day, hour, issued, used
        FROM ${rollups}.by_hour
        WHERE (SELECT max(id) FROM ${rollups}.journal WHERE wipes) IS NULL
        UNION ALL
        SELECT day, hour, issued::bigint, used::bigint
        FROM ${rollups}.journal
        WHERE day IS NOT NULL AND id > coalesce((SELECT max(id) FROM ${rollups}.journal WHERE wipes), 0)
    ) AS counted
    GROUP BY day, hour
    HAVING sum(issued) <> 0 OR sum(used) <> 0;

    -- A day and the day before it may come more than once: readers add their rows up.
    CREATE VIEW ${rollups}.return_counts AS
    SELECT day, previous, members
    FROM ${rollups}.by_return
    WHERE (SELECT max(id) FROM ${rollups}.journal WHERE wipes) IS NULL
    UNION ALL
    SELECT day, previous, members
    FROM ${rollups}.return_changes();

    CREATE VIEW ${rollups}.user_counts AS
    SELECT by_user.user_id, by_user.issued + coalesce(change.issued, 0) AS issued, by_user.used + coalesce(change.used, 0) AS used
    FROM ${rollups}.by_user
    LEFT JOIN (
        SELECT user_id, sum(issued)::bigint AS issued, sum(used)::bigint AS used
        FROM ${rollups}.journal
        WHERE user_id IS NOT NULL
        GROUP BY user_id
    ) AS change ON change.user_id = by_user.user_id
    WHERE (SELECT max(id) FROM ${rollups}.journal WHERE wipes) IS NULL
      AND (by_user.issued + coalesce(change.issued, 0) <> 0 OR by_user.used + coalesce(change.used, 0) <> 0)
    UNION ALL
    SELECT user_id, issued, used
    FROM (
        SELECT user_id, sum(issued)::bigint AS issued, sum(used)::bigint AS used
        FROM ${rollups}.journal
        WHERE user_id IS NOT NULL AND id > coalesce((SELECT max(id) FROM ${rollups}.journal WHERE wipes), 0)
        GROUP BY user_id
        HAVING sum(issued) <> 0 OR sum(used) <> 0
    ) AS change
    WHERE (SELECT max(id) FROM ${rollups}.journal WHERE wipes) IS NOT NULL
       OR NOT EXISTS (SELECT FROM ${rollups}.by_user WHERE by_user.user_id = change.user_id);
END $$;
REVOKE EXECUTE ON PROCEDURE ${rollups}.create_views() FROM PUBLIC;

DO $$
BEGIN
    IF to_regclass('${rollups}.by_return') IS NOT NULL THEN
        CALL ${rollups}.create_views();
        CALL ${rollups}.admit_readers();
    END IF;
END $$;

--changeset coworking-analytics:reliance splitStatements:false
-- Roll-ups are relied on only while everything that they were made from is as it was when they were filled. The view "reliance" says so, and
-- every answer from the roll-ups reads it in its own snapshot. docs/adr/0026-rely-on-what-is-proven.md gives the reasons.
--
-- The views of this version have other names, so that an older version that still runs finds none and reads the tables.
DROP VIEW IF EXISTS ${rollups}.day_counts, ${rollups}.hour_counts, ${rollups}.return_counts, ${rollups}.user_counts;
DROP PROCEDURE ${rollups}.create_views();
DROP FUNCTION ${rollups}.return_changes();

-- Each row of the journal names the file of the tokens that it is about, which a TRUNCATE replaces. Rows about another file do not count: not
-- those from before a TRUNCATE, nor those that a restore or a replication brings from another database. "is_lost" says that a change
-- could not be recorded. The whole row is the replica identity, because a key would make writers fail after a sequence was set back.
ALTER TABLE ${rollups}.journal
    ADD COLUMN file oid,
    ADD COLUMN created_at timestamp,
    ADD COLUMN is_lost boolean NOT NULL DEFAULT false,
    REPLICA IDENTITY FULL;
CREATE INDEX journal_lost ON ${rollups}.journal (id) WHERE is_lost;

-- "tokens" is the table that the roll-ups belong to, "file" its file, and "source" all that they were filled from. "doubt" is a reason not to rely
-- on them until they are filled again. "clock" is the fingerprint of the shifts that were in use.
ALTER TABLE ${rollups}.state
    ADD COLUMN tokens oid,
    ADD COLUMN file oid,
    ADD COLUMN source text,
    ADD COLUMN doubt text,
    ADD COLUMN clock text;

-- How far times of the tables are shifted to the wall clock of the space, from a time on. No row: not at all.
CREATE TABLE ${rollups}.clock_shift (
    begins timestamp CONSTRAINT clock_shift_pk PRIMARY KEY,
    seconds integer NOT NULL
);

-- by_day has days of the tables; by_hour and by_return have hours and days of the wall clock.
CREATE TABLE IF NOT EXISTS ${rollups}.by_day (
    day date CONSTRAINT by_day_pk PRIMARY KEY,
    issued bigint NOT NULL,
    used bigint NOT NULL
) WITH (fillfactor = 70);
CREATE TABLE IF NOT EXISTS ${rollups}.by_hour (
    day date,
    hour smallint,
    issued bigint NOT NULL,
    used bigint NOT NULL,
    CONSTRAINT by_hour_pk PRIMARY KEY (day, hour)
) WITH (fillfactor = 70);
CREATE TABLE IF NOT EXISTS ${rollups}.by_return (
    day date,
    previous date,
    members bigint NOT NULL,
    CONSTRAINT by_return_pk PRIMARY KEY (day, previous)
) WITH (fillfactor = 70);
CREATE TABLE IF NOT EXISTS ${rollups}.by_user (
    user_id bigint CONSTRAINT by_user_pk PRIMARY KEY,
    issued bigint NOT NULL,
    used bigint NOT NULL
) WITH (fillfactor = 70);

-- Whatever else writes into the roll-ups, such as a restore of data alone or a replication, makes them doubtful.
CREATE FUNCTION ${rollups}.written_by_others() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE ${rollups}.state SET doubt = 'something else wrote into them' WHERE doubt IS NULL;
    IF TG_LEVEL = 'STATEMENT' THEN
        RETURN NULL;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

DO $do$
DECLARE
    rollup text;
BEGIN
    FOREACH rollup IN ARRAY ARRAY['by_day', 'by_hour', 'by_return', 'by_user', 'clock_shift'] LOOP
        EXECUTE format($create$
            CREATE TRIGGER written_by_others BEFORE INSERT OR UPDATE OR DELETE ON ${rollups}.%1$I
                FOR EACH ROW WHEN (current_setting('coworking_analytics.filling', true) IS DISTINCT FROM 'yes')
                EXECUTE FUNCTION ${rollups}.written_by_others();
            CREATE TRIGGER truncated_by_others BEFORE TRUNCATE ON ${rollups}.%1$I
                FOR EACH STATEMENT EXECUTE FUNCTION ${rollups}.written_by_others();
            ALTER TABLE ${rollups}.%1$I ENABLE ALWAYS TRIGGER written_by_others, ENABLE ALWAYS TRIGGER truncated_by_others$create$, rollup);
    END LOOP;
END $do$;

-- Only the triggers of the tables write into the journal, so never at the top.
CREATE TRIGGER written_by_others BEFORE INSERT ON ${rollups}.journal
    FOR EACH ROW WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION ${rollups}.written_by_others();
CREATE TRIGGER truncated_by_others BEFORE TRUNCATE ON ${rollups}.journal
    FOR EACH STATEMENT EXECUTE FUNCTION ${rollups}.written_by_others();
ALTER TABLE ${rollups}.journal ENABLE ALWAYS TRIGGER written_by_others, ENABLE ALWAYS TRIGGER truncated_by_others;

-- A publication of all tables lets nobody delete from a table without a replica identity.
DO $do$
BEGIN
    IF to_regclass('databasechangelog') IS NOT NULL THEN
        ALTER TABLE databasechangelog REPLICA IDENTITY FULL;
    END IF;
END $do$;

-- Puts the triggers on the two tables that the search_path finds, in place of all that were there. Their functions are in the schema of the
-- tables, so that a dump of that schema alone can be restored; without a journal they do nothing. They never fail a writer: a column that is
-- missing or of another type makes a change a lost one. The inner blocks write nothing, so that they take no transaction id.
CREATE PROCEDURE ${rollups}.attach() LANGUAGE plpgsql AS $attach$
DECLARE
    home text := (SELECT quote_ident(nspname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                  WHERE pg_class.oid = to_regclass('tokens'));
    existing record;
BEGIN
    LOCK TABLE tokens, users IN SHARE ROW EXCLUSIVE MODE;
    FOR existing IN
        SELECT tgname, tgrelid::regclass AS on_table FROM pg_trigger
        WHERE tgrelid IN (to_regclass('tokens'), to_regclass('users')) AND starts_with(tgname, 'coworking_analytics_')
           OR tgfoid IN (SELECT oid FROM pg_proc
                         WHERE proname IN ('${rollups}_token_changed', '${rollups}_tokens_truncated', '${rollups}_user_changed'))
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', existing.tgname, existing.on_table);
    END LOOP;

    EXECUTE format($create$
CREATE OR REPLACE FUNCTION %1$s.${rollups}_token_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    table_file oid := pg_relation_filenode(TG_RELID);
    old_user bigint;
    old_created timestamp;
    old_used integer;
    new_user bigint;
    new_created timestamp;
    new_used integer;
    is_moved boolean := true;
    is_lost boolean := false;
BEGIN
    IF to_regclass('${rollups}.journal') IS NULL THEN
        RETURN NULL;
    END IF;
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            old_user := OLD.user_id;
            old_created := OLD.created_at;
            old_used := (OLD.used_at IS NOT NULL)::integer;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            new_user := NEW.user_id;
            new_created := NEW.created_at;
            new_used := (NEW.used_at IS NOT NULL)::integer;
        END IF;
        IF TG_OP = 'UPDATE' THEN
            IF OLD.id = NEW.id AND OLD.token IS NOT DISTINCT FROM NEW.token AND old_user IS NOT DISTINCT FROM new_user
                AND old_created IS NOT DISTINCT FROM new_created
            THEN
                IF OLD.used_at IS NOT DISTINCT FROM NEW.used_at THEN
                    RETURN NULL;
                END IF;
                is_moved := false;
            END IF;
        END IF;
    EXCEPTION WHEN OTHERS THEN
        is_lost := true;
    END;
    IF is_lost THEN
        INSERT INTO ${rollups}.journal (file, issued, used, is_lost) VALUES (table_file, 0, 0, true);
    ELSIF NOT is_moved THEN
        INSERT INTO ${rollups}.journal (file, user_id, created_at, issued, used)
        VALUES (table_file, new_user, new_created, 0, new_used - old_used);
    ELSE
        IF TG_OP <> 'INSERT' THEN
            INSERT INTO ${rollups}.journal (file, user_id, created_at, issued, used)
            VALUES (table_file, old_user, old_created, -1, -old_used);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO ${rollups}.journal (file, user_id, created_at, issued, used)
            VALUES (table_file, new_user, new_created, 1, new_used);
        END IF;
    END IF;
    RETURN NULL;
END $body$;

CREATE OR REPLACE FUNCTION %1$s.${rollups}_tokens_truncated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    IF to_regclass('${rollups}.journal') IS NOT NULL THEN
        INSERT INTO ${rollups}.journal (file, issued, used, wipes) VALUES (pg_relation_filenode(TG_RELID), 0, 0, true);
    END IF;
    RETURN NULL;
END $body$;

-- Nothing to count, but a version to move: reports show when users joined, whether they are active, and their names.
CREATE OR REPLACE FUNCTION %1$s.${rollups}_user_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    IF to_regclass('${rollups}.journal') IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        BEGIN
            IF OLD.id = NEW.id
                AND OLD.joined_at IS NOT DISTINCT FROM NEW.joined_at
                AND OLD.is_active IS NOT DISTINCT FROM NEW.is_active
                AND OLD.first_name IS NOT DISTINCT FROM NEW.first_name
                AND OLD.last_name IS NOT DISTINCT FROM NEW.last_name
            THEN
                RETURN NULL;
            END IF;
        EXCEPTION WHEN OTHERS THEN
            NULL;
        END;
    END IF;
    INSERT INTO ${rollups}.journal (issued, used) VALUES (0, 0);
    RETURN NULL;
END $body$;
REVOKE EXECUTE ON FUNCTION %1$s.${rollups}_token_changed(), %1$s.${rollups}_tokens_truncated(), %1$s.${rollups}_user_changed() FROM PUBLIC;

CREATE TRIGGER coworking_analytics_changed AFTER INSERT OR UPDATE OR DELETE ON tokens
    FOR EACH ROW EXECUTE FUNCTION %1$s.${rollups}_token_changed();
CREATE TRIGGER coworking_analytics_truncated AFTER TRUNCATE ON tokens
    FOR EACH STATEMENT EXECUTE FUNCTION %1$s.${rollups}_tokens_truncated();
CREATE TRIGGER coworking_analytics_changed AFTER INSERT OR UPDATE OR DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION %1$s.${rollups}_user_changed();
CREATE TRIGGER coworking_analytics_truncated AFTER TRUNCATE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION %1$s.${rollups}_user_changed();

-- Always: what a replication or a restore applies as a replica is counted like everything else.
ALTER TABLE tokens ENABLE ALWAYS TRIGGER coworking_analytics_changed, ENABLE ALWAYS TRIGGER coworking_analytics_truncated;
ALTER TABLE users ENABLE ALWAYS TRIGGER coworking_analytics_changed, ENABLE ALWAYS TRIGGER coworking_analytics_truncated;
$create$, home);

    FOR existing IN
        SELECT tgname, tgrelid::regclass AS on_table FROM pg_trigger WHERE tgfoid = '${rollups}.written_by_others'::regproc
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', existing.on_table, existing.tgname);
    END LOOP;
    DROP FUNCTION IF EXISTS ${rollups}.token_inserted(), ${rollups}.token_deleted(), ${rollups}.token_use_changed(), ${rollups}.token_moved(),
        ${rollups}.user_changed(), ${rollups}.tokens_truncated();
END $attach$;

-- What the two tables that the search_path finds are now: themselves, the columns that are read, and the triggers in their present state. Each
-- change of a trigger or a function is a new version of its row: disabled and enabled again, it is another one, because nothing tells what went
-- past it. The file of the tokens is apart, because a TRUNCATE replaces it and journals that.
CREATE VIEW ${rollups}.present_source AS
SELECT tokens.oid AS tokens,
       tokens.relfilenode AS file,
       users.relfilenode AS users_file,
       concat_ws(' ',
           tokens.oid, tokens.relnamespace, tokens.relkind, tokens.relpersistence, tokens.relrowsecurity,
           users.oid, users.relnamespace, users.relkind, users.relpersistence, users.relrowsecurity,
           (SELECT count(*) FROM pg_inherits WHERE inhparent IN (tokens.oid, users.oid)),
           (SELECT string_agg(concat_ws('/', attrelid, attnum, attname, atttypid), ' ' ORDER BY attrelid, attnum)
            FROM pg_attribute
            WHERE attrelid IN (tokens.oid, users.oid)
              AND attname IN ('id', 'user_id', 'token', 'created_at', 'used_at', 'first_name', 'last_name', 'joined_at', 'is_active')),
           (SELECT string_agg(concat_ws('/', pg_trigger.oid, pg_trigger.xmin, tgenabled, pg_proc.oid, pg_proc.xmin), ' '
                              ORDER BY pg_trigger.oid)
            FROM pg_trigger
            JOIN pg_proc ON pg_proc.oid = tgfoid
            WHERE starts_with(tgname, 'coworking_analytics_') AND tgrelid IN (tokens.oid, users.oid)),
           (SELECT string_agg(concat_ws('/', oid, xmin, tgenabled), ' ' ORDER BY oid)
            FROM pg_trigger
            WHERE tgrelid IN ('${rollups}.journal'::regclass, '${rollups}.by_day'::regclass, '${rollups}.by_hour'::regclass,
                              '${rollups}.by_return'::regclass, '${rollups}.by_user'::regclass, '${rollups}.clock_shift'::regclass))) AS source
FROM pg_class AS tokens, pg_class AS users
WHERE tokens.oid = to_regclass('tokens') AND users.oid = to_regclass('users');

-- Why the roll-ups cannot be relied on; empty if they can. One row, or none if the state is lost.
CREATE VIEW ${rollups}.reliance AS
SELECT CASE
           WHEN state.source IS NULL THEN 'they are not filled yet'
           WHEN state.doubt IS NOT NULL THEN state.doubt
           WHEN state.tokens IS DISTINCT FROM present.tokens THEN 'they were filled from another table'
           WHEN state.source IS DISTINCT FROM present.source
               THEN 'the tables, their columns or the triggers on them were altered since they were filled'
           WHEN state.file IS DISTINCT FROM present.file
               AND NOT EXISTS (SELECT FROM ${rollups}.journal WHERE wipes AND journal.file = present.file)
               THEN 'the table tokens was rewritten since they were filled'
           WHEN EXISTS (SELECT FROM ${rollups}.journal WHERE is_lost) THEN 'a change of the table tokens could not be recorded'
           ELSE ''
       END AS obstacle,
       state.generation,
       state.clock,
       present.users_file
FROM ${rollups}.state
LEFT JOIN ${rollups}.present_source AS present ON true;

-- The file of the tokens, and whether it is the one that the roll-ups count.
CREATE VIEW ${rollups}.tokens_file AS
SELECT relfilenode AS file, relfilenode = state.file AS is_counted
FROM ${rollups}.state
JOIN pg_class ON pg_class.oid = state.tokens;

-- The shifts as two arrays, of which the functions below find the one for a time by bisection.
CREATE VIEW ${rollups}.clock_shifts AS
SELECT array_agg(begins ORDER BY begins) AS begins, array_agg(seconds ORDER BY begins) AS seconds FROM ${rollups}.clock_shift;

-- The wall clock's time at a time of the tables. PostgreSQL inlines it.
CREATE FUNCTION ${rollups}.wall_time(at timestamp, begins timestamp[], seconds integer[]) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$
    SELECT at + coalesce(seconds[width_bucket(at, begins)], 0) * INTERVAL '1 second'
$$;

-- The wall clock's day, where infinities are the ends of the calendar.
CREATE FUNCTION ${rollups}.wall_day(at timestamp, begins timestamp[], seconds integer[]) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE at WHEN 'infinity' THEN DATE '9999-12-31' WHEN '-infinity' THEN DATE '0001-01-01'
           ELSE (at + coalesce(seconds[width_bucket(at, begins)], 0) * INTERVAL '1 second')::date END
$$;

-- What the journal's changes of some users, or of all (NULL), do to by_return. The tokens of these users, and of them only those from the visit
-- before the first time that changed to the visit after the last, say on which days they come now; the journal, on which of these days they did
-- not come before, or do not any more. Days whose neighbours lie outside of that are the same in both, and cancel out. A clock may be set back
-- or forward by a day; so the visits before and after lie three days away at least.
--
-- Each user is looked up by the index (OFFSET 0), however many the planner expects: it knows little of a journal that was empty a moment ago.
-- Users with a token at the ends of the calendar are looked at as a whole. A body that is text is resolved when it is called, and so is in
-- nobody's way who alters the table. It has the rights of its caller, who may read both.
CREATE PROCEDURE ${rollups}.create_return_changes() LANGUAGE plpgsql AS $procedure$
BEGIN
    EXECUTE (SELECT format($create$
CREATE OR REPLACE FUNCTION ${rollups}.return_changes(users bigint[]) RETURNS TABLE (day date, previous date, members bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $body$
    WITH shifts AS MATERIALIZED (
        SELECT begins, seconds FROM ${rollups}.clock_shifts
    ), changes AS MATERIALIZED (
        SELECT user_id, ${rollups}.wall_day(created_at, (SELECT begins FROM shifts), (SELECT seconds FROM shifts)) AS day,
               min(created_at) AS first, max(created_at) AS last, sum(used) AS used
        FROM ${rollups}.journal
        WHERE user_id IS NOT NULL AND used <> 0 AND file = (SELECT file FROM ${rollups}.tokens_file)
          AND (users IS NULL OR user_id = ANY (users))
        GROUP BY 1, 2
        HAVING sum(used) <> 0
    ), changed AS MATERIALIZED (
        SELECT user_id, first, last,
               first < TIMESTAMP '0001-01-05' OR last >= TIMESTAMP '9999-12-27'
               OR EXISTS (SELECT FROM %1$s AS token WHERE token.user_id = span.user_id AND created_at < TIMESTAMP '0001-01-05')
               OR EXISTS (SELECT FROM %1$s AS token WHERE token.user_id = span.user_id AND created_at >= TIMESTAMP '9999-12-27') AS is_odd
        FROM (SELECT user_id, min(first) AS first, max(last) AS last FROM changes GROUP BY user_id) AS span
    ), stretches AS MATERIALIZED (
        SELECT user_id,
               CASE WHEN is_odd THEN NULL ELSE (
                   SELECT created_at
                   FROM %1$s AS token
                   WHERE token.user_id = changed.user_id AND created_at < first - INTERVAL '3 days' AND used_at IS NOT NULL
                   ORDER BY created_at DESC
                   LIMIT 1)
               END AS since,
               CASE WHEN is_odd THEN NULL ELSE (
                   SELECT created_at
                   FROM %1$s AS token
                   WHERE token.user_id = changed.user_id AND created_at > last + INTERVAL '3 days' AND used_at IS NOT NULL
                   ORDER BY created_at
                   LIMIT 1)
               END AS until
        FROM changed
    ), counts AS MATERIALIZED (
        SELECT user_id, day, sum(present) AS present, sum(present) - sum(change) AS before
        FROM (
            SELECT user_id, 1 AS present, 0 AS change,
                   ${rollups}.wall_day(created_at, (SELECT begins FROM shifts), (SELECT seconds FROM shifts)) AS day
            FROM stretches
            CROSS JOIN LATERAL (
                SELECT created_at
                FROM %1$s AS token
                WHERE token.user_id = stretches.user_id AND used_at IS NOT NULL
                  AND created_at BETWEEN coalesce(since, '-infinity') AND coalesce(until, 'infinity')
                OFFSET 0) AS visited
            UNION ALL
            SELECT user_id, 0, used, day FROM changes
        ) AS visit
        GROUP BY user_id, day
    )
    SELECT day, previous, sum(members)::bigint
    FROM (
        SELECT day, coalesce(lag(day) OVER (PARTITION BY user_id ORDER BY day), 'infinity') AS previous, 1 AS members
        FROM counts
        WHERE present > 0
        UNION ALL
        SELECT day, coalesce(lag(day) OVER (PARTITION BY user_id ORDER BY day), 'infinity'), -1
        FROM counts
        WHERE before > 0
    ) AS pairs
    GROUP BY day, previous
    HAVING sum(members) <> 0
$body$
$create$, format('%I.%I', nspname, relname))
             FROM pg_class
             JOIN pg_namespace ON pg_namespace.oid = relnamespace
             WHERE pg_class.oid = to_regclass('tokens'));
END $procedure$;
CALL ${rollups}.create_return_changes();

-- The sum of each roll-up and its journal, once. After a TRUNCATE nothing counts but the changes since. The arms have the same types, so that
-- conditions on days and users reach the indexes. The views leave out groups that count nothing. They read the roll-ups and the journal with
-- the rights of their owner; return_changes() has the rights of its caller.
CREATE VIEW ${rollups}.counts_by_day AS
SELECT day, sum(issued)::bigint AS issued, sum(used)::bigint AS used
FROM (
    SELECT day, issued, used
    FROM ${rollups}.by_day
    WHERE (SELECT is_counted FROM ${rollups}.tokens_file)
    UNION ALL
    SELECT created_at::date, issued::bigint, used::bigint
    FROM ${rollups}.journal
    WHERE created_at IS NOT NULL AND file = (SELECT file FROM ${rollups}.tokens_file)
) AS counted
GROUP BY day
HAVING sum(issued) <> 0 OR sum(used) <> 0;

CREATE VIEW ${rollups}.counts_by_hour AS
SELECT day, hour, sum(issued)::bigint AS issued, sum(used)::bigint AS used
FROM (
    SELECT day, hour, issued, used
    FROM ${rollups}.by_hour
    WHERE (SELECT is_counted FROM ${rollups}.tokens_file)
    UNION ALL
    SELECT at::date, coalesce(date_part('hour', at), 0)::smallint, issued::bigint, used::bigint
    FROM (
        SELECT ${rollups}.wall_time(created_at, (SELECT begins FROM ${rollups}.clock_shifts), (SELECT seconds FROM ${rollups}.clock_shifts)) AS at,
               issued, used
        FROM ${rollups}.journal
        WHERE created_at IS NOT NULL AND file = (SELECT file FROM ${rollups}.tokens_file)
    ) AS change
) AS counted
GROUP BY day, hour
HAVING sum(issued) <> 0 OR sum(used) <> 0;

-- A day and the day before it may come more than once: readers add their rows up.
CREATE VIEW ${rollups}.counts_by_return AS
SELECT day, previous, members
FROM ${rollups}.by_return
WHERE (SELECT is_counted FROM ${rollups}.tokens_file)
UNION ALL
SELECT day, previous, members
FROM ${rollups}.return_changes(NULL);

-- The sums of a million users stay as they are, and the few users of the journal are looked up. A FULL JOIN would keep conditions on users from
-- the index, and a GROUP BY over both would add up a million users anew.
CREATE VIEW ${rollups}.counts_by_user AS
SELECT by_user.user_id, by_user.issued + coalesce(change.issued, 0) AS issued, by_user.used + coalesce(change.used, 0) AS used
FROM ${rollups}.by_user
LEFT JOIN (
    SELECT user_id, sum(issued)::bigint AS issued, sum(used)::bigint AS used
    FROM ${rollups}.journal
    WHERE user_id IS NOT NULL AND file = (SELECT file FROM ${rollups}.tokens_file)
    GROUP BY user_id
) AS change ON change.user_id = by_user.user_id
WHERE (SELECT is_counted FROM ${rollups}.tokens_file)
  AND (by_user.issued + coalesce(change.issued, 0) <> 0 OR by_user.used + coalesce(change.used, 0) <> 0)
UNION ALL
SELECT user_id, issued, used
FROM (
    SELECT user_id, sum(issued)::bigint AS issued, sum(used)::bigint AS used
    FROM ${rollups}.journal
    WHERE user_id IS NOT NULL AND file = (SELECT file FROM ${rollups}.tokens_file)
    GROUP BY user_id
    HAVING sum(issued) <> 0 OR sum(used) <> 0
) AS change
WHERE NOT (SELECT is_counted FROM ${rollups}.tokens_file)
   OR NOT EXISTS (SELECT FROM ${rollups}.by_user WHERE by_user.user_id = change.user_id);

-- Moves the changes of some users from the journal into the roll-ups and returns the number of changes moved; null if another session does so,
-- or fills them. Readers see all of it or nothing. It must run at READ COMMITTED, or it might not see what the fold before it did.
CREATE FUNCTION ${rollups}.fold(max_users integer) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    counted_file oid;
    present_file oid;
    present_wipe bigint;
    changed_users bigint[];
    moved bigint;
    outdated bigint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(5153, 1) THEN
        RETURN NULL;
    END IF;
    BEGIN
        LOCK TABLE ${rollups}.state IN ROW EXCLUSIVE MODE NOWAIT;
    EXCEPTION WHEN lock_not_available THEN
        RETURN NULL;
    END;
    SELECT state.file, pg_class.relfilenode INTO counted_file, present_file
    FROM ${rollups}.state
    JOIN pg_class ON pg_class.oid = state.tokens
    WHERE state.source IS NOT NULL AND state.doubt IS NULL;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('coworking_analytics.filling', 'yes', true);
    IF present_file <> counted_file THEN
        IF NOT EXISTS (SELECT FROM ${rollups}.journal WHERE wipes AND file = present_file) THEN
            RETURN NULL;
        END IF;
        DELETE FROM ${rollups}.by_day;
        DELETE FROM ${rollups}.by_hour;
        DELETE FROM ${rollups}.by_return;
        DELETE FROM ${rollups}.by_user;
        -- A TRUNCATE that was committed since has a file of its own, and its rows must stay.
        present_wipe := (SELECT max(id) FROM ${rollups}.journal WHERE wipes AND file = present_file);
        DELETE FROM ${rollups}.journal
        WHERE file IS DISTINCT FROM present_file AND NOT is_lost
          AND NOT EXISTS (SELECT FROM ${rollups}.journal AS later
                          WHERE later.wipes AND later.file = journal.file AND later.id > present_wipe);
        GET DIAGNOSTICS outdated = ROW_COUNT;
        UPDATE ${rollups}.state SET file = present_file;
        counted_file := present_file;
    END IF;
    changed_users := ARRAY(SELECT DISTINCT user_id FROM ${rollups}.journal
                           WHERE user_id IS NOT NULL AND file = counted_file ORDER BY user_id LIMIT max_users);
    -- One statement, one snapshot. After a TRUNCATE that was committed since, the roll-ups do not count any more, whatever is added to them.
    WITH taken AS (
        DELETE FROM ${rollups}.journal
        WHERE (file = counted_file OR file IS NULL) AND NOT is_lost AND (user_id IS NULL OR user_id = ANY (changed_users))
        RETURNING user_id, created_at, issued, used
    ), shifts AS MATERIALIZED (
        SELECT begins, seconds FROM ${rollups}.clock_shifts
    ), days AS (
        INSERT INTO ${rollups}.by_day AS kept (day, issued, used)
        SELECT created_at::date, sum(issued), sum(used) FROM taken WHERE created_at IS NOT NULL GROUP BY 1
        ON CONFLICT (day) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    ), hours AS (
        INSERT INTO ${rollups}.by_hour AS kept (day, hour, issued, used)
        SELECT at::date, coalesce(date_part('hour', at), 0)::smallint, sum(issued), sum(used)
        FROM (
            SELECT ${rollups}.wall_time(created_at, (SELECT begins FROM shifts), (SELECT seconds FROM shifts)) AS at, issued, used
            FROM taken
            WHERE created_at IS NOT NULL
        ) AS change
        GROUP BY 1, 2
        ON CONFLICT (day, hour) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    ), returns AS (
        INSERT INTO ${rollups}.by_return AS kept (day, previous, members)
        SELECT day, previous, members FROM ${rollups}.return_changes(changed_users)
        ON CONFLICT (day, previous) DO UPDATE SET members = kept.members + excluded.members
    ), counts AS (
        INSERT INTO ${rollups}.by_user AS kept (user_id, issued, used)
        SELECT user_id, sum(issued), sum(used) FROM taken WHERE user_id IS NOT NULL GROUP BY user_id
        ON CONFLICT (user_id) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    )
    SELECT count(*) INTO moved FROM taken;
    IF moved + outdated > 0 THEN
        UPDATE ${rollups}.state
        SET generation = newest, complete = newest
        FROM (SELECT greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) AS newest FROM ${rollups}.state) AS clock;
    END IF;
    PERFORM set_config('coworking_analytics.filling', 'no', true);
    RETURN moved + outdated;
END $$;

-- For older versions of this program.
CREATE OR REPLACE FUNCTION ${rollups}.fold() RETURNS bigint LANGUAGE sql AS 'SELECT ${rollups}.fold(10000)';

-- Makes the roll-ups doubtful until they are filled again, and says why.
CREATE FUNCTION ${rollups}.doubt(reason text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE ${rollups}.state SET doubt = left(reason, 200) WHERE doubt IS NULL
$$;

-- Empties a journal that nobody folds once it has more than a number of rows. Without it the roll-ups are worth nothing until they are filled again.
CREATE FUNCTION ${rollups}.discard_journal(max_rows bigint, reason text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    discarded bigint;
BEGIN
    IF (SELECT count(*) FROM ${rollups}.journal) <= max_rows THEN
        RETURN 0;
    END IF;
    UPDATE ${rollups}.state SET doubt = left(reason, 200) WHERE doubt IS NULL;
    DELETE FROM ${rollups}.journal;
    GET DIAGNOSTICS discarded = ROW_COUNT;
    RETURN discarded;
END $$;

-- Who may read the tokens may read what is made of them, back it up, fold it and doubt it.
CREATE OR REPLACE PROCEDURE ${rollups}.admit_readers() LANGUAGE plpgsql AS $$
DECLARE
    reader text;
BEGIN
    FOR reader IN
        SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
        FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
        WHERE pg_class.oid = to_regclass('tokens') AND privilege_type = 'SELECT'
        UNION
        SELECT 'pg_read_all_data'
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA ${rollups} TO %s', reader);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA ${rollups} TO %s', reader);
        EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA ${rollups} TO %s', reader);
        EXECUTE format('GRANT EXECUTE ON FUNCTION ${rollups}.fold(), ${rollups}.fold(integer), ${rollups}.return_changes(bigint[]), '
            '${rollups}.wall_time(timestamp, timestamp[], integer[]), ${rollups}.wall_day(timestamp, timestamp[], integer[]), '
            '${rollups}.doubt(text), ${rollups}.discard_journal(bigint, text) TO %s', reader);
    END LOOP;
END $$;

REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA ${rollups} FROM PUBLIC;
