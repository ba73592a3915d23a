-- What the actor of a transaction reaches. asActor() sets the app.* settings; row-level security reads them here.
-- Without settings every function gives NULL, so a forgotten asActor() sees nothing.

CREATE TYPE code_range AS RANGE (subtype = text, collation = "C");
COMMENT ON TYPE code_range IS '区划代码区间';

CREATE FUNCTION reach_from() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.area_from', true), '') $$;
CREATE FUNCTION reach_to() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.area_to', true), '') $$;
CREATE FUNCTION reach_areas() RETURNS code_multirange LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.areas', true), '')::code_multirange $$;
-- True when the bounding range says it all, which spares the look into the multirange for every row.
CREATE FUNCTION reach_is_one_range() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT current_setting('app.areas', true) = '' AND current_setting('app.own', true) <> 'on' $$;
CREATE FUNCTION reach_is_own() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('app.own', true), '') = 'on' $$;
CREATE FUNCTION reach_all_units() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('app.all_units', true), '') = 'on' $$;
CREATE FUNCTION reach_units() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.units', true), '')::uuid[] $$;
CREATE FUNCTION reach_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.person', true), '')::uuid $$;
CREATE FUNCTION reach_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.account', true), '')::uuid $$;
-- 'system', 'security', 'audit', 'none' for other accounts, 'process' for the product itself (sign-in, jobs, start).
CREATE FUNCTION reach_administrator() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.administrator', true), '') $$;
-- The county's date, from the clock of the product.
CREATE FUNCTION reach_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.today', true), '')::date $$;
