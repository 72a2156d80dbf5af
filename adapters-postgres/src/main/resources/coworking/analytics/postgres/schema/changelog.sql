--liquibase formatted sql logicalFilePath:coworking-analytics

-- Each changeset makes one table, unless a query would already find a table of that name: then it counts as run.
-- A changeset that has been released is never edited, for installations remember its checksum: append another one.

--changeset coworking-analytics:users
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_class WHERE oid = to_regclass('users')
CREATE TABLE users (
    id serial CONSTRAINT users_pk PRIMARY KEY,
    first_name varchar(50) NOT NULL,
    last_name varchar(50) NOT NULL,
    joined_at timestamp NOT NULL,
    is_active boolean NOT NULL DEFAULT true
);
CREATE INDEX users_is_active_index ON users (is_active);

--changeset coworking-analytics:tokens
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_class WHERE oid = to_regclass('tokens')
CREATE TABLE tokens (
    id serial CONSTRAINT tokens_pk PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT tokens_users_id_fk REFERENCES users,
    token varchar(6) NOT NULL,
    created_at timestamp NOT NULL DEFAULT now(),
    used_at timestamp
);
