-- Import of household workbooks: the uploaded file (encrypted), its dry run, what a commit changed.

CREATE TABLE imports (
  id                 uuid PRIMARY KEY,
  account_id         uuid REFERENCES accounts (id),
  created_by_name    text,
  file_name          text NOT NULL,
  size_bytes         bigint NOT NULL,
  sha256             bytea NOT NULL,
  status             text COLLATE "C" NOT NULL
                     CONSTRAINT imports_status_known CHECK (status IN
                       ('checking', 'cancelled', 'unreadable', 'checked', 'committed', 'undone', 'discarded')),
  layout             text COLLATE "C" CONSTRAINT imports_layout_known CHECK (layout IN ('flat', 'template')),
  income_year        smallint,
  income_year_given  smallint,
  -- First and last village of the file; others may see the import when all of it lies within their reach.
  area_from          text COLLATE "C",
  area_to            text COLLATE "C",
  -- Which dry run the staged rows are of; a second one replaces the first only when it has ended.
  check_number       integer NOT NULL DEFAULT 0,
  counts             jsonb,
  columns            jsonb NOT NULL DEFAULT '[]',
  normalisations     jsonb NOT NULL DEFAULT '[]',
  problem_groups     jsonb NOT NULL DEFAULT '[]',
  error_count        integer NOT NULL DEFAULT 0,
  warning_count      integer NOT NULL DEFAULT 0,
  has_file_error     boolean NOT NULL DEFAULT false,
  failure            jsonb,
  committed_counts   jsonb,
  left_out_households integer,
  created_at         timestamptz NOT NULL,
  checked_at         timestamptz,
  committed_at       timestamptz,
  undone_at          timestamptz
);
CREATE INDEX imports_created ON imports (created_at);
COMMENT ON TABLE imports IS '户卡导入：一次上传及其检查、确认、撤销';
COMMENT ON COLUMN imports.failure IS '上一步没有完成的原因：{code, params}';

CREATE TABLE import_file_chunks (
  import_id uuid NOT NULL REFERENCES imports (id),
  chunk_no  integer NOT NULL,
  sealed    bytea NOT NULL,
  PRIMARY KEY (import_id, chunk_no)
);
ALTER TABLE import_file_chunks ALTER COLUMN sealed SET STORAGE EXTERNAL;
COMMENT ON TABLE import_file_chunks IS '上传的工作簿：分段加密存放，确认或放弃后删除';

-- Written on a connection of its own, so that others see how far a transaction has come.
CREATE TABLE import_progress (
  import_id        uuid PRIMARY KEY REFERENCES imports (id),
  step             text COLLATE "C" NOT NULL
                   CONSTRAINT import_progress_step_known CHECK (step IN ('check', 'commit', 'undo')),
  phase            text COLLATE "C" NOT NULL,
  done             integer NOT NULL DEFAULT 0,
  total            integer,
  percent          smallint,
  backend_pid      integer,
  cancel_requested boolean NOT NULL DEFAULT false,
  heartbeat_at     timestamptz NOT NULL
);
COMMENT ON TABLE import_progress IS '导入进度：正在进行的检查、确认或撤销，心跳停止即为中断';

CREATE TABLE import_problems (
  import_id    uuid NOT NULL REFERENCES imports (id),
  problem_no   integer NOT NULL,
  sheet_no     smallint NOT NULL,
  row_no       integer NOT NULL,
  column_no    smallint,
  sheet        text,
  header       text,
  field        text COLLATE "C",
  value        text,
  code         text COLLATE "C" NOT NULL,
  params       jsonb NOT NULL,
  severity     text COLLATE "C" NOT NULL
               CONSTRAINT import_problems_severity_known CHECK (severity IN ('error', 'warning')),
  household_no text COLLATE "C",
  PRIMARY KEY (import_id, problem_no)
);
CREATE INDEX import_problems_place ON import_problems (import_id, sheet_no, row_no, problem_no);
COMMENT ON TABLE import_problems IS '导入问题：哪个表哪行哪列，什么问题；个人信息已遮盖';
COMMENT ON COLUMN import_problems.sheet_no IS '从 1 起；0 为整个文件的问题';
COMMENT ON COLUMN import_problems.row_no IS '电子表格中的行号；0 为不指某一行';

-- The rows of a dry run, in the columns they are to have. Not logged: a database that crashed has lost them, which the
-- commit notices by their number, and a dry run is quickly repeated.
CREATE UNLOGGED TABLE import_households (LIKE households);
ALTER TABLE import_households
  DROP COLUMN phone_tail, DROP COLUMN version, DROP COLUMN identity_version, DROP COLUMN status_version,
  DROP COLUMN created_at, DROP COLUMN changed_at, DROP COLUMN corrected_field_count,
  ALTER COLUMN other_causes DROP NOT NULL, ALTER COLUMN industry_support_types DROP NOT NULL,
  ALTER COLUMN import_id SET NOT NULL,
  ADD COLUMN sheet_no smallint NOT NULL,
  ADD COLUMN row_no integer NOT NULL,
  ADD COLUMN version_seen integer,
  ADD PRIMARY KEY (import_id, row_no);
COMMENT ON TABLE import_households IS '导入暂存：户';
COMMENT ON COLUMN import_households.id IS '登记册中的户，或将要新建的户';
COMMENT ON COLUMN import_households.version_seen IS '检查时登记册中的版本；空为新户';

CREATE UNLOGGED TABLE import_living_conditions (LIKE living_conditions);
ALTER TABLE import_living_conditions
  DROP COLUMN version, DROP COLUMN changed_at,
  ALTER COLUMN import_id SET NOT NULL,
  ADD COLUMN household_no text COLLATE "C" NOT NULL,
  ADD COLUMN sheet_no smallint NOT NULL,
  ADD COLUMN row_no integer NOT NULL,
  ADD PRIMARY KEY (import_id, row_no);
COMMENT ON TABLE import_living_conditions IS '导入暂存：生产生活条件';

CREATE UNLOGGED TABLE import_members (LIKE members);
ALTER TABLE import_members
  DROP COLUMN phone_tail, DROP COLUMN version, DROP COLUMN changed_at,
  ALTER COLUMN name DROP NOT NULL, ALTER COLUMN relation DROP NOT NULL, ALTER COLUMN id_type DROP NOT NULL,
  ALTER COLUMN health DROP NOT NULL,
  ALTER COLUMN import_id SET NOT NULL,
  ADD COLUMN household_no text COLLATE "C" NOT NULL,
  ADD COLUMN sheet_no smallint NOT NULL,
  ADD COLUMN row_no integer NOT NULL,
  ADD PRIMARY KEY (import_id, row_no);
COMMENT ON TABLE import_members IS '导入暂存：家庭成员';
COMMENT ON COLUMN import_members.id IS '新建时的标识；已在登记册中的见 import_member_matches';

CREATE UNLOGGED TABLE import_income_years (LIKE income_years);
ALTER TABLE import_income_years
  DROP COLUMN wage_fen, DROP COLUMN property_fen, DROP COLUMN transfer_fen, DROP COLUMN gross_fen,
  DROP COLUMN net_fen, DROP COLUMN net_per_capita_fen, DROP COLUMN version, DROP COLUMN changed_at,
  ALTER COLUMN import_id SET NOT NULL,
  ADD COLUMN household_no text COLLATE "C" NOT NULL,
  ADD COLUMN sheet_no smallint NOT NULL,
  ADD COLUMN row_no integer NOT NULL,
  ADD PRIMARY KEY (import_id, row_no);
COMMENT ON TABLE import_income_years IS '导入暂存：年度收入';

CREATE UNLOGGED TABLE import_member_matches (
  import_id uuid NOT NULL,
  row_no    integer NOT NULL,
  member_id uuid NOT NULL,
  PRIMARY KEY (import_id, row_no)
);
CREATE INDEX import_member_matches_member ON import_member_matches (member_id);
COMMENT ON TABLE import_member_matches IS '导入暂存：哪一行是登记册中的哪个人';

CREATE UNLOGGED TABLE import_faulty_households (
  import_id    uuid NOT NULL,
  household_no text COLLATE "C" NOT NULL,
  PRIMARY KEY (import_id, household_no)
);
COMMENT ON TABLE import_faulty_households IS '导入暂存：有错误的户，可整户略过';

-- What a commit changed in records that were there before; records it created carry its import_id themselves.
CREATE TABLE import_changes (
  import_id      uuid NOT NULL REFERENCES imports (id),
  entity         text COLLATE "C" NOT NULL
                 CONSTRAINT import_changes_entity_known
                 CHECK (entity IN ('household', 'livingConditions', 'member', 'incomeYear')),
  record_id      uuid NOT NULL,
  household_id   uuid NOT NULL,
  before         jsonb NOT NULL,
  after          jsonb NOT NULL,
  version_before integer NOT NULL,
  version_after  integer NOT NULL,
  PRIMARY KEY (import_id, entity, record_id)
);
CREATE INDEX import_changes_record ON import_changes (record_id);
COMMENT ON TABLE import_changes IS '导入改动：改了哪些列，改前改后的值，供撤销和查看';

-- Undoing asks for the records of one import; most records were entered by hand.
CREATE INDEX households_import ON households (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX living_conditions_import ON living_conditions (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX members_import ON members (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX income_years_import ON income_years (import_id) WHERE import_id IS NOT NULL;

ALTER TABLE imports ENABLE ROW LEVEL SECURITY;
CREATE POLICY imports_reach ON imports TO :app, :reports
  USING ((SELECT reach_administrator()) = 'process'
         OR account_id = (SELECT reach_account())
         OR (area_from >= (SELECT reach_from()) AND area_to <= (SELECT reach_to())
             AND ((SELECT reach_is_one_range())
                  OR (SELECT reach_areas()) @> code_range(area_from, area_to, '[]'))));
ALTER TABLE import_file_chunks ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_file_chunks_reach ON import_file_chunks TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_progress ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_progress_reach ON import_progress TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_problems ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_problems_reach ON import_problems TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_households ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_households_reach ON import_households TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_living_conditions ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_living_conditions_reach ON import_living_conditions TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_members ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_members_reach ON import_members TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_income_years ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_income_years_reach ON import_income_years TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_member_matches ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_member_matches_reach ON import_member_matches TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_faulty_households ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_faulty_households_reach ON import_faulty_households TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));
ALTER TABLE import_changes ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_changes_reach ON import_changes TO :app, :reports
  USING (import_id IN (SELECT id FROM imports));

GRANT SELECT, INSERT, UPDATE, DELETE ON imports, import_file_chunks, import_progress, import_problems,
  import_households, import_living_conditions, import_members, import_income_years, import_member_matches,
  import_faulty_households, import_changes TO :app;
GRANT SELECT ON imports, import_file_chunks, import_progress, import_problems, import_households,
  import_living_conditions, import_members, import_income_years, import_member_matches, import_faulty_households,
  import_changes TO :reports;
