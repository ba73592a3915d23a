CREATE TABLE accounts (
  id                    uuid PRIMARY KEY,
  username              text COLLATE "C" NOT NULL
                        CONSTRAINT accounts_username_shape CHECK (username ~ '^[a-z][a-z0-9._-]{2,31}$'),
  display_name          text NOT NULL,
  person_id             uuid,
  administrator         text CONSTRAINT accounts_administrator_known CHECK (administrator IN ('system', 'security', 'audit')),
  password_hash         text NOT NULL,
  must_change_password  boolean NOT NULL DEFAULT true,
  second_factor_secret  bytea,
  second_factor_confirmed_at timestamptz,
  second_factor_last_step bigint,
  failed_sign_ins       integer NOT NULL DEFAULT 0,
  locked_until          timestamptz,
  disabled_at           timestamptz,
  last_signed_in_at     timestamptz,
  created_at            timestamptz NOT NULL,
  CONSTRAINT accounts_username_unique UNIQUE (username),
  CONSTRAINT accounts_person_unique UNIQUE (person_id),
  -- 三员分立: an administrator of the system holds no post, so the account belongs to no person of the organisation.
  CONSTRAINT accounts_administrator_holds_no_post CHECK (administrator IS NULL OR person_id IS NULL)
);
COMMENT ON TABLE accounts IS '账号：谁可以登录；三员（系统、安全、审计管理员）互斥';
COMMENT ON COLUMN accounts.second_factor_secret IS '动态口令密钥，加密存放';
COMMENT ON COLUMN accounts.second_factor_last_step IS '最近一次用过的动态口令时间步，防止重放';

CREATE TABLE sessions (
  id            uuid PRIMARY KEY,
  token_hash    bytea NOT NULL,
  account_id    uuid NOT NULL REFERENCES accounts (id),
  csrf_token    text NOT NULL,
  created_at    timestamptz NOT NULL,
  last_seen_at  timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  CONSTRAINT sessions_token_unique UNIQUE (token_hash)
);
CREATE INDEX sessions_account ON sessions (account_id);
COMMENT ON TABLE sessions IS '会话：令牌只存摘要，空闲与绝对时限到期即失效';

ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY accounts_reach ON accounts TO :app
  USING ((SELECT reach_administrator()) IN ('process', 'system') OR id = (SELECT reach_account()));
CREATE POLICY sessions_reach ON sessions TO :app
  USING ((SELECT reach_administrator()) IN ('process', 'system') OR account_id = (SELECT reach_account()));

GRANT SELECT, INSERT, UPDATE ON accounts TO :app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO :app;
