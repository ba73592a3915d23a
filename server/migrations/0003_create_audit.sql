-- Defaults are evaluated in the order of the columns: the transaction has its id before the entry has its number.
-- So an entry with a lower number than a sealed one belongs to a transaction that ran when that one was sealed.
CREATE TABLE audit_entries (
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  sequence       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  occurred_at    timestamptz NOT NULL,
  account_id     uuid,
  username       text,
  actor_name     text,
  action         text COLLATE "C" NOT NULL,
  record_type    text COLLATE "C" NOT NULL,
  record_id      text COLLATE "C",
  record_label   text,
  area_code      text COLLATE "C",
  before         jsonb,
  after          jsonb,
  reason         text,
  request_id     text
);
COMMENT ON TABLE audit_entries IS '审计记录：每个操作一条，与操作同一事务；应用角色只能增加和读取';
COMMENT ON COLUMN audit_entries.area_code IS '记录所在区划，办事人员据此只看到本辖区档卡的修改记录';

-- The sealing job asks for what was committed since the last block.
CREATE INDEX audit_entries_transaction ON audit_entries (transaction_id);
CREATE INDEX audit_entries_record ON audit_entries (record_type, record_id, sequence DESC);
CREATE INDEX audit_entries_occurred ON audit_entries (occurred_at DESC, sequence DESC);
CREATE INDEX audit_entries_action ON audit_entries (action, sequence DESC);
CREATE INDEX audit_entries_username ON audit_entries (username, sequence DESC);

CREATE TABLE audit_blocks (
  number         bigint PRIMARY KEY,
  horizon        xid8 NOT NULL,
  ceiling        xid8 NOT NULL,
  entry_count    integer NOT NULL,
  previous_hash  text NOT NULL,
  hash           text NOT NULL,
  sealed_at      timestamptz NOT NULL
);
COMMENT ON TABLE audit_blocks IS '审计区块：SM3 摘要首尾相连';
COMMENT ON COLUMN audit_blocks.horizon IS '小于它的事务已全部封存；仍在进行的事务留给以后的区块';
COMMENT ON COLUMN audit_blocks.ceiling IS '封存事务自身：晚于它的事务不可能写出编号更小的记录';
COMMENT ON COLUMN audit_blocks.hash IS '区块号、horizon、ceiling、条数、前一区块摘要、末条链摘要、封存时间的 SM3 摘要';

CREATE TABLE audit_seals (
  entry_sequence bigint PRIMARY KEY,
  block_number   bigint NOT NULL REFERENCES audit_blocks (number),
  position       integer NOT NULL,
  entry_hash     text NOT NULL,
  chain_hash     text NOT NULL,
  CONSTRAINT audit_seals_position_unique UNIQUE (block_number, position)
);
COMMENT ON TABLE audit_seals IS '审计封条：每条审计记录在区块中的位置和摘要';
COMMENT ON COLUMN audit_seals.entry_hash IS '审计记录全部内容（序号除外）的 SM3 摘要';
COMMENT ON COLUMN audit_seals.chain_hash IS '前一条的链摘要、本条序号、本条摘要的 SM3 摘要，跨区块首尾相连';

ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_blocks ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seals ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_entries_write ON audit_entries FOR INSERT TO :app
  WITH CHECK ((SELECT reach_administrator()) = 'process' OR account_id = (SELECT reach_account()));
-- The audit administrator reads all of it; an official reads what was done to the records within reach.
CREATE POLICY audit_entries_read ON audit_entries FOR SELECT TO :app, :reports
  USING ((SELECT reach_administrator()) IN ('process', 'audit')
         OR (area_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
             AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> area_code)));
CREATE POLICY audit_blocks_read ON audit_blocks FOR SELECT TO :app, :reports
  USING ((SELECT reach_administrator()) IN ('process', 'audit'));
CREATE POLICY audit_seals_read ON audit_seals FOR SELECT TO :app, :reports
  USING ((SELECT reach_administrator()) IN ('process', 'audit'));
CREATE POLICY audit_blocks_write ON audit_blocks FOR INSERT TO :app
  WITH CHECK ((SELECT reach_administrator()) = 'process');
CREATE POLICY audit_seals_write ON audit_seals FOR INSERT TO :app
  WITH CHECK ((SELECT reach_administrator()) = 'process');

GRANT SELECT, INSERT ON audit_entries, audit_blocks, audit_seals TO :app;
GRANT SELECT ON audit_entries, audit_blocks, audit_seals TO :reports;
