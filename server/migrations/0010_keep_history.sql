-- System time of the registry: every version of a row knows from when to when it was what we knew.
-- See docs/decisions/0010-history.md.

-- The instant of the transaction by the clock of the product; only where no actor is set, that of the database. One for
-- all of a transaction, so that versions meet without gap or overlap.
CREATE FUNCTION known_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
-- When a version that replaces one known from `earlier` is known from. Who waited for a lock has an earlier instant
-- than who was before: the later version is then the next moment, so that neither is lost and time never runs back.
CREATE FUNCTION known_after(earlier timestamptz) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN earlier > known_now() THEN earlier + interval '1 microsecond' ELSE known_now() END $$;

-- The instant the transaction reads as of, set by asReader(); NULL when it reads now.
CREATE FUNCTION as_of() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.as_of', true), '')::timestamptz $$;
-- The day what is shown is of: ages, who helps, which units exist. Rights go by reach_today(), always.
CREATE FUNCTION shown_on() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce((as_of() AT TIME ZONE 'Asia/Shanghai')::date, reach_today()) $$;

-- Since when this county keeps history. Two transactions may both be first; nobody waits for anybody.
CREATE TABLE history_beginnings (began_at timestamptz NOT NULL);
COMMENT ON TABLE history_beginnings IS '历史起点：从何时起登记册的每个版本都有保存，取最早一条';
ALTER TABLE history_beginnings ENABLE ROW LEVEL SECURITY;
CREATE POLICY history_beginnings_read ON history_beginnings FOR SELECT TO :app, :reports
  USING ((SELECT reach_administrator()) IS NOT NULL);
GRANT SELECT ON history_beginnings TO :app, :reports;

CREATE FUNCTION note_beginning() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO history_beginnings SELECT known_now() WHERE NOT EXISTS (SELECT FROM history_beginnings);
  RETURN NULL;
END $$;
CREATE TRIGGER households_begin AFTER INSERT ON households FOR EACH STATEMENT EXECUTE FUNCTION note_beginning();
CREATE TRIGGER village_profiles_begin AFTER INSERT ON village_profiles
  FOR EACH STATEMENT EXECUTE FUNCTION note_beginning();
-- What a county in use knows, it knows from now on; how long it has stood there nobody wrote down.
INSERT INTO history_beginnings SELECT known_now() WHERE EXISTS (SELECT FROM households) OR EXISTS (SELECT FROM village_profiles);

CREATE FUNCTION know_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.known_from := known_after(OLD.known_from);
  RETURN NEW;
END $$;

-- Views named as the tables, giving the rows known at as_of(). asReader() puts this schema before the county's own, so
-- that every query reads the past as it reads the present. '$' keeps the name from being that of another county.
DO $$ BEGIN
  EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', current_schema() || '$as_of');
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO :app, :reports', current_schema() || '$as_of');
  EXECUTE format('COMMENT ON SCHEMA %I IS %L', current_schema() || '$as_of', '截至某一时刻的登记册，只读');
  -- The search path with which a transaction reads the past.
  EXECUTE format($f$CREATE FUNCTION as_of_path() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $p$ SELECT %L $p$ $f$,
    format('%I, %I', current_schema() || '$as_of', current_schema()));
END $$;

-- Takes the view of a table away, so that a migration may change or drop its columns; keep_history() follows.
CREATE FUNCTION release_history(table_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP VIEW IF EXISTS %I.%I', current_schema() || '$as_of', table_name);
END $$;
COMMENT ON FUNCTION release_history(text) IS '变更脚本改列、删列之前调用，之后再调用 keep_history';
REVOKE EXECUTE ON FUNCTION release_history(text) FROM PUBLIC;

-- Keeps history of a table: NAME_history with what each version was, the triggers that fill it, the view as of an
-- instant. Reach of the past is that of the present, by where the row was then. To be called again by a migration that
-- adds, changes or drops columns of the table: history follows, and keeps what a dropped column said. `key` names the columns by which versions of one row belong together.
CREATE FUNCTION keep_history(table_name text, key text) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  home text := current_schema();
  past text := table_name || '_history';
  columns text;
  missing record;
  changed record;
  dropped record;
BEGIN
  IF to_regclass(format('%I.%I', home, past)) IS NULL THEN
    EXECUTE format('ALTER TABLE %I ADD COLUMN known_from timestamptz NOT NULL DEFAULT known_now()', table_name);
    EXECUTE format('COMMENT ON COLUMN %I.known_from IS %L', table_name, '系统时间：从何时起登记册如此记载');
    -- Generated columns become plain ones: what was computed then stays.
    EXECUTE format('CREATE TABLE %I (LIKE %I, known_until timestamptz NOT NULL, CONSTRAINT %I PRIMARY KEY (%s, known_from),
      CONSTRAINT %I CHECK (known_from < known_until))', past, table_name, past || '_pkey', key, past || '_not_empty');
    EXECUTE format('COMMENT ON TABLE %I IS %L', past,
      split_part(obj_description(table_name::regclass), '：', 1) || '的历史：被修改或删除前的样子');
    EXECUTE format('COMMENT ON COLUMN %I.known_until IS %L', past, '系统时间：到何时（不含）为止如此记载');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', past);
    EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO :app, :reports USING (%s)', past || '_reach', past,
      (SELECT qual FROM pg_policies
       WHERE schemaname = home AND tablename = table_name AND policyname = table_name || '_reach'));
    EXECUTE format('GRANT SELECT ON %I TO :app, :reports', past);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION know_anew()',
      table_name || '_known', table_name);
  END IF;

  FOR missing IN
    SELECT attname, format_type(atttypid, atttypmod) AS type, nullif(attcollation, 0)::regcollation AS collation
    FROM pg_attribute WHERE attrelid = table_name::regclass AND attnum > 0 AND NOT attisdropped
      AND attname NOT IN (SELECT attname FROM pg_attribute WHERE attrelid = past::regclass AND NOT attisdropped)
    ORDER BY attnum
  LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN %I %s %s', past, missing.attname, missing.type,
      'COLLATE ' || missing.collation);
  END LOOP;
  PERFORM release_history(table_name);
  FOR changed IN
    SELECT old.attname, format_type(new.atttypid, new.atttypmod) AS type
    FROM pg_attribute old JOIN pg_attribute new ON new.attname = old.attname AND new.attrelid = table_name::regclass
    WHERE old.attrelid = past::regclass AND old.attnum > 0 AND NOT old.attisdropped AND NOT new.attisdropped
      AND (old.atttypid, old.atttypmod) <> (new.atttypid, new.atttypmod)
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE %s', past, changed.attname, changed.type);
  END LOOP;
  FOR dropped IN
    SELECT attname FROM pg_attribute WHERE attrelid = past::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull
      AND attname <> 'known_until' AND attname NOT IN
        (SELECT attname FROM pg_attribute WHERE attrelid = table_name::regclass AND NOT attisdropped)
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I DROP NOT NULL', past, dropped.attname);
  END LOOP;

  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
  FROM pg_attribute WHERE attrelid = table_name::regclass AND attnum > 0 AND NOT attisdropped;

  -- One statement for all rows of the change, and no join: such a plan is kept for the session, so it may hang on how
  -- many rows the first change had. A version that was replaced within its own transaction leaves nothing behind.
  EXECUTE format($f$
    CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = %2$I, pg_temp AS $k$
    BEGIN
      INSERT INTO %3$I (%4$s, known_until) SELECT %4$s, known_after(known_from) FROM old_rows WHERE known_from <> known_now();
      RETURN NULL;
    END $k$ $f$, 'keep_' || past, home, past, columns);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I()', table_name || '_replaced', table_name, 'keep_' || past);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I()', table_name || '_removed', table_name, 'keep_' || past);

  EXECUTE format($f$
    CREATE VIEW %1$I.%2$I WITH (security_invoker = true) AS
    SELECT %4$s FROM %3$I.%2$I WHERE known_from <= (SELECT as_of())
    UNION ALL
    SELECT %4$s FROM %3$I.%5$I WHERE known_from <= (SELECT as_of()) AND known_until > (SELECT as_of())
    $f$, home || '$as_of', table_name, home, columns, past);
  EXECUTE format('COMMENT ON VIEW %I.%I IS %L', home || '$as_of', table_name, '截至：' || obj_description(table_name::regclass));
  EXECUTE format('GRANT SELECT ON %I.%I TO :app, :reports', home || '$as_of', table_name);
END $body$;
COMMENT ON FUNCTION keep_history(text, text) IS '为一张登记册表保存历史；给表加列的变更脚本要再调用一次';
REVOKE EXECUTE ON FUNCTION keep_history(text, text) FROM PUBLIC;

-- The key begins with what a card is read by, so that one index serves both.
SELECT keep_history('households', 'id');
SELECT keep_history('living_conditions', 'household_id');
SELECT keep_history('members', 'household_id, id');
SELECT keep_history('income_years', 'household_id, id');
SELECT keep_history('helpers', 'household_id, id');
SELECT keep_history('measures', 'household_id, id');
SELECT keep_history('village_profiles', 'village_code');

-- Pieces of the names of then: those of present versions stand in the table, those of past ones are cut when asked for.
DO $$ BEGIN
  EXECUTE format($f$
    CREATE VIEW %1$I.member_name_grams WITH (security_invoker = true) AS
    SELECT g.gram, m.village_code, g.member_id, m.household_id
    FROM %2$I.member_name_grams g JOIN %2$I.members m ON m.id = g.member_id
    WHERE m.known_from <= (SELECT as_of())
    UNION ALL
    SELECT substr(m.name, place, size) COLLATE "C", m.village_code, m.id, m.household_id
    FROM %2$I.members_history m, generate_series(1, 2) AS size, generate_series(1, char_length(m.name) - size + 1) AS place
    WHERE m.known_from <= (SELECT as_of()) AND m.known_until > (SELECT as_of())
    $f$, current_schema() || '$as_of', current_schema());
  EXECUTE format('COMMENT ON VIEW %I.member_name_grams IS %L', current_schema() || '$as_of', '截至：姓名检索');
  EXECUTE format('GRANT SELECT ON %I.member_name_grams TO :app, :reports', current_schema() || '$as_of');
END $$;
