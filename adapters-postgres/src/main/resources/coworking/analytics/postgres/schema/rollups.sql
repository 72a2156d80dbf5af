--liquibase formatted sql logicalFilePath:coworking-analytics-rollups

-- The journal and the roll-ups, in a schema of their own; docs/adr/0014-journal-and-fold.md says why they are what they are.
-- A changeset that has been released is never edited, for installations remember its checksum: append another one.
-- Rollups.uninstall takes all of this away again: it drops the schema and what depends on it.

-- The functions run with their owner's rights, so that writers need none on the journal. They call no operator, and name every type and
-- table in full: what the writer's search_path says is nothing to them. Comparisons stand in the triggers, where they are
-- resolved once and for all.
--changeset coworking-analytics:journal splitStatements:false
CREATE SCHEMA coworking_analytics;

-- What changed since the last fold, one row a change and never updated: writers cannot meet in it. It takes what it is given,
-- for a constraint that fails would fail the writer. "wipes" says that nothing counts any more that has a lower id: a TRUNCATE
-- waits for all other writers, so every id below its own was drawn before it, and every id above after.
CREATE TABLE coworking_analytics.journal (
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint,
    day date,
    issued integer NOT NULL,
    used integer NOT NULL,
    wipes boolean NOT NULL DEFAULT false
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000);
CREATE INDEX journal_wipes ON coworking_analytics.journal (id) WHERE wipes;

-- One row. A generation is a number that no other state of the roll-ups ever had, in this installation or another one: it
-- follows the clock, so that it does not come again after a restore. Zero: not filled yet; the roll-ups by_day and by_user are made
-- when they are filled. "triggers" says which triggers have been at work since then.
CREATE TABLE coworking_analytics.state (
    the_only boolean CONSTRAINT state_pk PRIMARY KEY DEFAULT true CHECK (the_only),
    generation bigint NOT NULL,
    triggers text
);
INSERT INTO coworking_analytics.state (generation) VALUES (0);

CREATE FUNCTION coworking_analytics.token_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (user_id, day, issued, used)
    VALUES (NEW.user_id, NEW.created_at::pg_catalog.date, 1, CASE WHEN NEW.used_at IS NULL THEN 0 ELSE 1 END);
    RETURN NULL;
END $$;

CREATE FUNCTION coworking_analytics.token_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (user_id, day, issued, used)
    VALUES (OLD.user_id, OLD.created_at::pg_catalog.date, -1, CASE WHEN OLD.used_at IS NULL THEN 0 ELSE -1 END);
    RETURN NULL;
END $$;

CREATE FUNCTION coworking_analytics.token_use_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (user_id, day, issued, used)
    VALUES (NEW.user_id, NEW.created_at::pg_catalog.date, 0, CASE WHEN NEW.used_at IS NULL THEN -1 ELSE 1 END);
    RETURN NULL;
END $$;

CREATE FUNCTION coworking_analytics.token_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (user_id, day, issued, used)
    VALUES (OLD.user_id, OLD.created_at::pg_catalog.date, -1, CASE WHEN OLD.used_at IS NULL THEN 0 ELSE -1 END),
           (NEW.user_id, NEW.created_at::pg_catalog.date, 1, CASE WHEN NEW.used_at IS NULL THEN 0 ELSE 1 END);
    RETURN NULL;
END $$;

-- Nothing to count, but a version to move: the report of the user visits shows when users joined.
CREATE FUNCTION coworking_analytics.user_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (issued, used) VALUES (0, 0);
    RETURN NULL;
END $$;

CREATE FUNCTION coworking_analytics.tokens_truncated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (issued, used, wipes) VALUES (0, 0, true);
    RETURN NULL;
END $$;

-- Moves the journal into the roll-ups and returns the number of changes moved; null where somebody else does that already.
-- Readers see all of it or nothing. It must run at READ COMMITTED, or it might not see what the fold before it did.
CREATE FUNCTION coworking_analytics.fold() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wipe bigint;
    moved bigint;
    outdated bigint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(5153, 1) THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM coworking_analytics.state WHERE generation > 0) THEN
        RETURN NULL;
    END IF;
    SELECT max(id) INTO wipe FROM coworking_analytics.journal WHERE wipes;
    IF wipe IS NOT NULL THEN
        DELETE FROM coworking_analytics.by_day;
        DELETE FROM coworking_analytics.by_user;
        DELETE FROM coworking_analytics.journal WHERE id <= wipe;
        GET DIAGNOSTICS outdated = ROW_COUNT;
    END IF;
    -- One statement, one snapshot. A TRUNCATE that was committed since is left to the next fold, with all that was journalled.
    WITH taken AS (
        DELETE FROM coworking_analytics.journal
        WHERE NOT EXISTS (SELECT FROM coworking_analytics.journal WHERE wipes)
        RETURNING user_id, day, issued, used
    ), days AS (
        INSERT INTO coworking_analytics.by_day AS kept (day, issued, used)
        SELECT day, sum(issued), sum(used) FROM taken WHERE day IS NOT NULL GROUP BY day
        ON CONFLICT (day) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    ), users AS (
        INSERT INTO coworking_analytics.by_user AS kept (user_id, issued, used)
        SELECT user_id, sum(issued), sum(used) FROM taken WHERE user_id IS NOT NULL GROUP BY user_id
        ON CONFLICT (user_id) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    )
    SELECT count(*) INTO moved FROM taken;
    IF moved + outdated > 0 THEN
        UPDATE coworking_analytics.state
        SET generation = greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
    END IF;
    RETURN moved + outdated;
END $$;

-- Names the triggers in their present state. Each change of one is a new version of its row: disabled and enabled again, it is
-- another one, for nobody knows what went past it.
CREATE FUNCTION coworking_analytics.triggers() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(concat_ws('/', pg_trigger.oid, pg_trigger.xmin), ' ' ORDER BY pg_trigger.oid)
    FROM pg_trigger
    JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE pronamespace = to_regnamespace('coworking_analytics')
$$;

-- Whoever may read the tokens may read what is made of them, and fold.
CREATE PROCEDURE coworking_analytics.admit_readers() LANGUAGE plpgsql AS $$
DECLARE
    reader text;
BEGIN
    FOR reader IN
        SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
        FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
        WHERE pg_class.oid = to_regclass('tokens') AND privilege_type = 'SELECT'
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA coworking_analytics TO %s', reader);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA coworking_analytics TO %s', reader);
        EXECUTE format('GRANT EXECUTE ON FUNCTION coworking_analytics.fold(), coworking_analytics.triggers() TO %s', reader);
    END LOOP;
END $$;

-- Nobody else may forge a journal row by putting one of the functions on a table of their own.
REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA coworking_analytics FROM PUBLIC;

-- Writers may have to wait for what this changeset locks, so it does nothing else. Whoever holds a table for longer than the
-- session's lock_timeout makes it fail, and be tried again.
--changeset coworking-analytics:triggers splitStatements:false
LOCK TABLE tokens, users IN SHARE ROW EXCLUSIVE MODE;

CREATE TRIGGER coworking_analytics_inserted AFTER INSERT ON tokens
    FOR EACH ROW EXECUTE FUNCTION coworking_analytics.token_inserted();
CREATE TRIGGER coworking_analytics_deleted AFTER DELETE ON tokens
    FOR EACH ROW EXECUTE FUNCTION coworking_analytics.token_deleted();
CREATE TRIGGER coworking_analytics_use_changed AFTER UPDATE ON tokens
    FOR EACH ROW WHEN (OLD.user_id IS NOT DISTINCT FROM NEW.user_id
                       AND OLD.created_at::date IS NOT DISTINCT FROM NEW.created_at::date
                       AND (OLD.used_at IS NULL) <> (NEW.used_at IS NULL))
    EXECUTE FUNCTION coworking_analytics.token_use_changed();
CREATE TRIGGER coworking_analytics_moved AFTER UPDATE ON tokens
    FOR EACH ROW WHEN (OLD.user_id IS DISTINCT FROM NEW.user_id OR OLD.created_at::date IS DISTINCT FROM NEW.created_at::date)
    EXECUTE FUNCTION coworking_analytics.token_moved();
CREATE TRIGGER coworking_analytics_truncated AFTER TRUNCATE ON tokens
    FOR EACH STATEMENT EXECUTE FUNCTION coworking_analytics.tokens_truncated();

CREATE TRIGGER coworking_analytics_changed AFTER INSERT OR DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION coworking_analytics.user_changed();
CREATE TRIGGER coworking_analytics_corrected AFTER UPDATE ON users
    FOR EACH ROW WHEN (OLD.id <> NEW.id OR OLD.joined_at IS DISTINCT FROM NEW.joined_at)
    EXECUTE FUNCTION coworking_analytics.user_changed();
CREATE TRIGGER coworking_analytics_truncated AFTER TRUNCATE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION coworking_analytics.user_changed();

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
ALTER TABLE coworking_analytics.journal ADD COLUMN hour smallint;
ALTER TABLE coworking_analytics.state
    ADD COLUMN complete bigint CONSTRAINT state_is_complete CHECK (complete = generation);

CREATE OR REPLACE FUNCTION coworking_analytics.token_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (user_id, day, hour, issued, used)
    VALUES (NEW.user_id, NEW.created_at::pg_catalog.date, coalesce(pg_catalog.date_part('hour', NEW.created_at), 0),
            1, CASE WHEN NEW.used_at IS NULL THEN 0 ELSE 1 END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION coworking_analytics.token_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (user_id, day, hour, issued, used)
    VALUES (OLD.user_id, OLD.created_at::pg_catalog.date, coalesce(pg_catalog.date_part('hour', OLD.created_at), 0),
            -1, CASE WHEN OLD.used_at IS NULL THEN 0 ELSE -1 END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION coworking_analytics.token_use_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (user_id, day, hour, issued, used)
    VALUES (NEW.user_id, NEW.created_at::pg_catalog.date, coalesce(pg_catalog.date_part('hour', NEW.created_at), 0),
            0, CASE WHEN NEW.used_at IS NULL THEN -1 WHEN OLD.used_at IS NULL THEN 1 ELSE 0 END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION coworking_analytics.token_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO coworking_analytics.journal (user_id, day, hour, issued, used)
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
CREATE FUNCTION coworking_analytics.return_changes() RETURNS TABLE (day date, previous date, members bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $body$
    WITH changes AS MATERIALIZED (
        SELECT user_id, counts_on AS day, sum(used) AS used
        FROM (
            SELECT user_id, used,
                   CASE day WHEN 'infinity' THEN DATE '9999-12-31' WHEN '-infinity' THEN DATE '0001-01-01' ELSE day END AS counts_on
            FROM coworking_analytics.journal
            WHERE user_id IS NOT NULL AND used <> 0
              AND id > coalesce((SELECT max(id) FROM coworking_analytics.journal WHERE wipes), 0)
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

CREATE OR REPLACE FUNCTION coworking_analytics.fold() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
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
    IF NOT EXISTS (SELECT FROM coworking_analytics.state WHERE complete > 0) THEN
        RETURN NULL;
    END IF;
    SELECT max(id) INTO wipe FROM coworking_analytics.journal WHERE wipes;
    IF wipe IS NOT NULL THEN
        DELETE FROM coworking_analytics.by_day;
        DELETE FROM coworking_analytics.by_hour;
        DELETE FROM coworking_analytics.by_return;
        DELETE FROM coworking_analytics.by_user;
        DELETE FROM coworking_analytics.journal WHERE id <= wipe;
        GET DIAGNOSTICS outdated = ROW_COUNT;
    END IF;
    -- One statement, one snapshot. A TRUNCATE that was committed since is left to the next fold, with all that was journalled.
    WITH taken AS (
        DELETE FROM coworking_analytics.journal
        WHERE NOT EXISTS (SELECT FROM coworking_analytics.journal WHERE wipes)
        RETURNING user_id, day, hour, issued, used
    ), days AS (
        INSERT INTO coworking_analytics.by_day AS kept (day, issued, used)
        SELECT day, sum(issued), sum(used) FROM taken WHERE day IS NOT NULL GROUP BY day
        ON CONFLICT (day) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    ), hours AS (
        INSERT INTO coworking_analytics.by_hour AS kept (day, hour, issued, used)
        SELECT day, hour, sum(issued), sum(used) FROM taken WHERE day IS NOT NULL GROUP BY day, hour
        ON CONFLICT (day, hour) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    ), returns AS (
        INSERT INTO coworking_analytics.by_return AS kept (day, previous, members)
        SELECT day, previous, members FROM coworking_analytics.return_changes()
        WHERE NOT EXISTS (SELECT FROM coworking_analytics.journal WHERE wipes)
        ON CONFLICT (day, previous) DO UPDATE SET members = kept.members + excluded.members
    ), users AS (
        INSERT INTO coworking_analytics.by_user AS kept (user_id, issued, used)
        SELECT user_id, sum(issued), sum(used) FROM taken WHERE user_id IS NOT NULL GROUP BY user_id
        ON CONFLICT (user_id) DO UPDATE SET issued = kept.issued + excluded.issued, used = kept.used + excluded.used
    )
    SELECT count(*) INTO moved FROM taken;
    IF moved + outdated > 0 THEN
        SELECT greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) INTO newest FROM coworking_analytics.state;
        UPDATE coworking_analytics.state SET generation = newest, complete = newest;
    END IF;
    RETURN moved + outdated;
END $$;

CREATE OR REPLACE TRIGGER coworking_analytics_use_changed AFTER UPDATE ON tokens
    FOR EACH ROW WHEN (OLD.id = NEW.id
                       AND OLD.user_id IS NOT DISTINCT FROM NEW.user_id
                       AND OLD.token IS NOT DISTINCT FROM NEW.token
                       AND OLD.created_at IS NOT DISTINCT FROM NEW.created_at
                       AND OLD.used_at IS DISTINCT FROM NEW.used_at)
    EXECUTE FUNCTION coworking_analytics.token_use_changed();
CREATE OR REPLACE TRIGGER coworking_analytics_moved AFTER UPDATE ON tokens
    FOR EACH ROW WHEN (OLD.id <> NEW.id
                       OR OLD.user_id IS DISTINCT FROM NEW.user_id
                       OR OLD.token IS DISTINCT FROM NEW.token
                       OR OLD.created_at IS DISTINCT FROM NEW.created_at)
    EXECUTE FUNCTION coworking_analytics.token_moved();
CREATE OR REPLACE TRIGGER coworking_analytics_corrected AFTER UPDATE ON users
    FOR EACH ROW WHEN (OLD.id <> NEW.id
                       OR OLD.joined_at IS DISTINCT FROM NEW.joined_at
                       OR OLD.is_active IS DISTINCT FROM NEW.is_active
                       OR OLD.first_name IS DISTINCT FROM NEW.first_name
                       OR OLD.last_name IS DISTINCT FROM NEW.last_name)
    EXECUTE FUNCTION coworking_analytics.user_changed();

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
CREATE PROCEDURE coworking_analytics.create_views() LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('coworking_analytics.user_counts') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE VIEW coworking_analytics.day_counts AS
    SELECT day, sum(issued)::bigint AS issued, sum(used)::bigint AS used
    FROM (
        SELECT day, issued, used
        FROM coworking_analytics.by_day
        WHERE (SELECT max(id) FROM coworking_analytics.journal WHERE wipes) IS NULL
        UNION ALL
        SELECT day, issued::bigint, used::bigint
        FROM coworking_analytics.journal
        WHERE day IS NOT NULL AND id > coalesce((SELECT max(id) FROM coworking_analytics.journal WHERE wipes), 0)
    ) AS counted
    GROUP BY day
    HAVING sum(issued) <> 0 OR sum(used) <> 0;

    CREATE VIEW coworking_analytics.hour_counts AS
    SELECT day, hour, sum(issued)::bigint AS issued, sum(used)::bigint AS used
    FROM (
        SELECT day, hour, issued, used
        FROM coworking_analytics.by_hour
        WHERE (SELECT max(id) FROM coworking_analytics.journal WHERE wipes) IS NULL
        UNION ALL
        SELECT day, hour, issued::bigint, used::bigint
        FROM coworking_analytics.journal
        WHERE day IS NOT NULL AND id > coalesce((SELECT max(id) FROM coworking_analytics.journal WHERE wipes), 0)
    ) AS counted
    GROUP BY day, hour
    HAVING sum(issued) <> 0 OR sum(used) <> 0;

    -- A day and the day before it may come more than once: readers add their rows up.
    CREATE VIEW coworking_analytics.return_counts AS
    SELECT day, previous, members
    FROM coworking_analytics.by_return
    WHERE (SELECT max(id) FROM coworking_analytics.journal WHERE wipes) IS NULL
    UNION ALL
    SELECT day, previous, members
    FROM coworking_analytics.return_changes();

    CREATE VIEW coworking_analytics.user_counts AS
    SELECT by_user.user_id, by_user.issued + coalesce(change.issued, 0) AS issued, by_user.used + coalesce(change.used, 0) AS used
    FROM coworking_analytics.by_user
    LEFT JOIN (
        SELECT user_id, sum(issued)::bigint AS issued, sum(used)::bigint AS used
        FROM coworking_analytics.journal
        WHERE user_id IS NOT NULL
        GROUP BY user_id
    ) AS change ON change.user_id = by_user.user_id
    WHERE (SELECT max(id) FROM coworking_analytics.journal WHERE wipes) IS NULL
      AND (by_user.issued + coalesce(change.issued, 0) <> 0 OR by_user.used + coalesce(change.used, 0) <> 0)
    UNION ALL
    SELECT user_id, issued, used
    FROM (
        SELECT user_id, sum(issued)::bigint AS issued, sum(used)::bigint AS used
        FROM coworking_analytics.journal
        WHERE user_id IS NOT NULL AND id > coalesce((SELECT max(id) FROM coworking_analytics.journal WHERE wipes), 0)
        GROUP BY user_id
        HAVING sum(issued) <> 0 OR sum(used) <> 0
    ) AS change
    WHERE (SELECT max(id) FROM coworking_analytics.journal WHERE wipes) IS NOT NULL
       OR NOT EXISTS (SELECT FROM coworking_analytics.by_user WHERE by_user.user_id = change.user_id);
END $$;
REVOKE EXECUTE ON PROCEDURE coworking_analytics.create_views() FROM PUBLIC;

DO $$
BEGIN
    IF to_regclass('coworking_analytics.by_return') IS NOT NULL THEN
        CALL coworking_analytics.create_views();
        CALL coworking_analytics.admit_readers();
    END IF;
END $$;
