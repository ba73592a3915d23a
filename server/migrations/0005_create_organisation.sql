CREATE TABLE units (
  id         uuid PRIMARY KEY,
  code       text COLLATE "C" NOT NULL CONSTRAINT units_code_unique UNIQUE,
  kind       text COLLATE "C" NOT NULL CONSTRAINT units_kind_known
             CHECK (kind IN ('leading_group', 'office', 'working_group', 'department', 'township', 'village')),
  name       text NOT NULL,
  short_name text,
  name_en    text,
  sector     text,
  duties     text,
  parent_id  uuid REFERENCES units (id),
  area_code  text COLLATE "C" NOT NULL REFERENCES areas (code),
  sort_order integer NOT NULL DEFAULT 0,
  active_from date,
  active_until date
);
CREATE INDEX units_parent ON units (parent_id);
CREATE INDEX units_area ON units (area_code);
COMMENT ON TABLE units IS '单位：领导小组、脱贫办、工作组、县直部门、乡镇、村';

CREATE TABLE persons (
  id            uuid PRIMARY KEY,
  name          text NOT NULL,
  sex           text COLLATE "C",
  phone         text,
  political_status text COLLATE "C",
  home_unit_id  uuid NOT NULL REFERENCES units (id),
  staff_title   text,
  version       integer NOT NULL DEFAULT 1,
  left_on       date,
  created_at    timestamptz NOT NULL
);
CREATE INDEX persons_home_unit ON persons (home_unit_id);
COMMENT ON TABLE persons IS '人员：单位里的干部职工，不是建档立卡对象';

CREATE TABLE post_kinds (
  code       text COLLATE "C" PRIMARY KEY,
  title      text NOT NULL,
  title_en   text NOT NULL,
  reach      text COLLATE "C" NOT NULL CONSTRAINT post_kinds_reach_known CHECK (reach IN ('area', 'unit', 'own')),
  holders_maximum integer,
  basis      text,
  sort_order integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE post_kinds IS '岗位类别：决定操作权限和管辖范围的种类';

CREATE TABLE post_kind_actions (
  post_kind text COLLATE "C" NOT NULL REFERENCES post_kinds (code),
  action    text COLLATE "C" NOT NULL,
  PRIMARY KEY (post_kind, action)
);
COMMENT ON TABLE post_kind_actions IS '岗位权限：某类岗位可做的操作，由安全管理员维护';

CREATE TABLE posts (
  id        uuid PRIMARY KEY,
  post_kind text COLLATE "C" NOT NULL REFERENCES post_kinds (code),
  unit_id   uuid NOT NULL REFERENCES units (id),
  CONSTRAINT posts_kind_unit_unique UNIQUE (post_kind, unit_id)
);
CREATE INDEX posts_unit ON posts (unit_id);
COMMENT ON TABLE posts IS '岗位：某单位的某类岗位';

CREATE TABLE post_holdings (
  id         uuid PRIMARY KEY,
  post_id    uuid NOT NULL REFERENCES posts (id),
  person_id  uuid NOT NULL REFERENCES persons (id),
  held_from  date NOT NULL,
  held_until date,
  basis      text,
  end_reason text,
  created_at timestamptz NOT NULL,
  CONSTRAINT post_holdings_dates_ordered CHECK (held_until IS NULL OR held_until >= held_from)
);
-- Nobody holds the same post twice at a time; two clerks may click at once.
CREATE UNIQUE INDEX post_holdings_one_current ON post_holdings (post_id, person_id) WHERE held_until IS NULL;
CREATE INDEX post_holdings_person ON post_holdings (person_id, held_from);
COMMENT ON TABLE post_holdings IS '任职：谁从何时到何时任何岗位';

ALTER TABLE accounts ADD CONSTRAINT accounts_person_known FOREIGN KEY (person_id) REFERENCES persons (id);

ALTER TABLE units ENABLE ROW LEVEL SECURITY;
ALTER TABLE persons ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_kinds ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_kind_actions ENABLE ROW LEVEL SECURITY;
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_holdings ENABLE ROW LEVEL SECURITY;

-- The directory of the county is open to everybody signed in; it is changed within the units one reaches.
CREATE POLICY units_read ON units FOR SELECT TO :app, :reports USING ((SELECT reach_administrator()) IS NOT NULL);
CREATE POLICY units_write ON units TO :app
  USING ((SELECT reach_administrator()) IS NOT NULL AND ((SELECT reach_all_units()) OR id = ANY ((SELECT reach_units())::uuid[])));
CREATE POLICY persons_read ON persons FOR SELECT TO :app, :reports USING ((SELECT reach_administrator()) IS NOT NULL);
CREATE POLICY persons_write ON persons TO :app
  USING ((SELECT reach_administrator()) IS NOT NULL AND ((SELECT reach_all_units()) OR home_unit_id = ANY ((SELECT reach_units())::uuid[])));
CREATE POLICY post_kinds_read ON post_kinds FOR SELECT TO :app, :reports USING ((SELECT reach_administrator()) IS NOT NULL);
CREATE POLICY post_kinds_write ON post_kinds TO :app USING ((SELECT reach_administrator()) = 'process');
CREATE POLICY post_kind_actions_read ON post_kind_actions FOR SELECT TO :app, :reports
  USING ((SELECT reach_administrator()) IS NOT NULL);
CREATE POLICY post_kind_actions_write ON post_kind_actions TO :app
  USING ((SELECT reach_administrator()) IN ('process', 'security'));
CREATE POLICY posts_read ON posts FOR SELECT TO :app, :reports USING ((SELECT reach_administrator()) IS NOT NULL);
CREATE POLICY posts_write ON posts TO :app
  USING ((SELECT reach_administrator()) IS NOT NULL AND ((SELECT reach_all_units()) OR unit_id = ANY ((SELECT reach_units())::uuid[])));
CREATE POLICY post_holdings_read ON post_holdings FOR SELECT TO :app, :reports
  USING ((SELECT reach_administrator()) IS NOT NULL);
CREATE POLICY post_holdings_write ON post_holdings TO :app
  USING (EXISTS (SELECT 1 FROM posts WHERE posts.id = post_id
                 AND ((SELECT reach_all_units()) OR posts.unit_id = ANY ((SELECT reach_units())::uuid[]))));

GRANT SELECT, INSERT, UPDATE ON units, persons, post_kinds, posts, post_holdings TO :app;
GRANT SELECT, INSERT, DELETE ON post_kind_actions TO :app;
GRANT SELECT ON units, persons, post_kinds, post_kind_actions, posts, post_holdings TO :reports;
