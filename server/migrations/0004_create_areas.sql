CREATE TABLE areas (
  code        text COLLATE "C" PRIMARY KEY CONSTRAINT areas_code_shape CHECK (code ~ '^\d{12}$'),
  name        text NOT NULL,
  level       text COLLATE "C" NOT NULL
              CONSTRAINT areas_level_known CHECK (level IN ('province', 'prefecture', 'county', 'township', 'village')),
  parent_code text COLLATE "C" REFERENCES areas (code),
  valid_from  date,
  valid_until date,
  CONSTRAINT areas_validity_ordered CHECK (valid_until IS NULL OR valid_from IS NULL OR valid_from <= valid_until)
);
CREATE INDEX areas_parent ON areas (parent_code);
COMMENT ON TABLE areas IS '区划：省、市、县、乡镇、村，统计用十二位代码';

ALTER TABLE areas ENABLE ROW LEVEL SECURITY;
-- Division codes are published; every signed-in person may read them, only the product itself writes them.
CREATE POLICY areas_read ON areas FOR SELECT TO :app, :reports USING ((SELECT reach_administrator()) IS NOT NULL);
CREATE POLICY areas_write ON areas TO :app
  USING ((SELECT reach_administrator()) = 'process') WITH CHECK ((SELECT reach_administrator()) = 'process');
GRANT SELECT, INSERT, UPDATE ON areas TO :app;
GRANT SELECT ON areas TO :reports;

-- What the county has settled about itself: demo or not, pack loaded, fingerprint of the key.
CREATE TABLE county_settings (
  name  text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);
COMMENT ON TABLE county_settings IS '县级设置：是否演示县、已装入的政策包、密钥指纹';
ALTER TABLE county_settings ENABLE ROW LEVEL SECURITY;
CREATE POLICY county_settings_reach ON county_settings TO :app USING ((SELECT reach_administrator()) = 'process');
GRANT SELECT, INSERT, UPDATE ON county_settings TO :app;
