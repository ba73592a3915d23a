-- The household card of 2014–2020: typed columns only; what can be computed has no column or a generated one.
CREATE TABLE households (
  id                                 uuid PRIMARY KEY,
  household_no                       text COLLATE "C" NOT NULL,
  village_code                       text COLLATE "C" NOT NULL REFERENCES areas (code),
  natural_village                    text,
  address                            text,
  household_phone                    text,
  phone_tail                         text COLLATE "C" GENERATED ALWAYS AS (right(household_phone, 4)) STORED,
  bank_name                          text,
  bank_account_sealed                bytea,
  bank_account_hash                  bytea,
  handbook_no                        text,
  is_martyr_family                   boolean,
  one_child_or_two_daughters         text COLLATE "C",
  change_note                        text,
  identification_standard            text COLLATE "C",
  first_identified_in_month          text COLLATE "C",
  poor_attribute                     text COLLATE "C",
  household_type                     text COLLATE "C",
  poverty_status                     text COLLATE "C",
  planned_exit_year                  smallint,
  exit_year                          smallint,
  return_year                        smallint,
  return_reason                      text COLLATE "C",
  main_cause                         text COLLATE "C",
  other_causes                       text[] NOT NULL DEFAULT '{}',
  is_relocated                       boolean,
  relocation_way                     text COLLATE "C",
  relocation_address                 text,
  industry_support_types             text[] NOT NULL DEFAULT '{}',
  import_id                          uuid,
  corrected_field_count              integer NOT NULL DEFAULT 0,
  version                            integer NOT NULL DEFAULT 1,
  identity_version                   integer NOT NULL DEFAULT 1,
  status_version                     integer NOT NULL DEFAULT 1,
  created_at                         timestamptz NOT NULL,
  changed_at                         timestamptz NOT NULL,
  CONSTRAINT households_no_unique UNIQUE (household_no),
  CONSTRAINT households_reach_unique UNIQUE (id, village_code),
  CONSTRAINT households_causes_at_most_two CHECK (cardinality(other_causes) <= 2)
);
CREATE INDEX households_village ON households (village_code, household_no);
CREATE INDEX households_phone_tail ON households (phone_tail, village_code);
COMMENT ON TABLE households IS '户：建档立卡户的基本信息与识别脱贫情况';
COMMENT ON COLUMN households.bank_account_sealed IS '一卡通账号，加密存放';
COMMENT ON COLUMN households.bank_account_hash IS '一卡通账号的带密钥摘要，只用于查找';
CREATE INDEX households_corrected ON households (village_code) WHERE corrected_field_count > 0;
COMMENT ON COLUMN households.corrected_field_count IS '录入后人工更正的字段数：每次修改加上改动的字段数，与审计记录同一事务';
COMMENT ON COLUMN households.import_id IS '由哪次导入新建；录入的为空';
COMMENT ON COLUMN households.version IS '整张卡（含成员、收入等）每改一次加一';

CREATE TABLE living_conditions (
  household_id                       uuid PRIMARY KEY,
  village_code                       text COLLATE "C" NOT NULL,
  farmland_mu                        numeric(8,2),
  irrigated_mu                       numeric(8,2),
  woodland_mu                        numeric(8,2),
  returned_forest_mu                 numeric(8,2),
  orchard_mu                         numeric(8,2),
  grassland_mu                       numeric(8,2),
  water_surface_mu                   numeric(8,2),
  has_joined_cooperative             boolean,
  is_led_by_enterprise               boolean,
  is_led_by_pioneer                  boolean,
  has_production_power               boolean,
  has_household_power                boolean,
  has_broadcast_tv                   boolean,
  has_safe_water                     boolean,
  has_water_difficulty               boolean,
  has_sanitary_toilet                boolean,
  road_distance_km                   numeric(6,2),
  access_road_type                   text COLLATE "C",
  house_area_m2                      numeric(8,2),
  house_structure                    text COLLATE "C",
  is_dangerous_house                 boolean,
  danger_level                       text COLLATE "C",
  renovation_year                    smallint,
  fuel_type                          text COLLATE "C",
  import_id                          uuid,
  version                            integer NOT NULL DEFAULT 1,
  changed_at                         timestamptz NOT NULL,
  CONSTRAINT living_conditions_household FOREIGN KEY (household_id, village_code)
    REFERENCES households (id, village_code) ON UPDATE CASCADE
);
COMMENT ON TABLE living_conditions IS '生产生活条件：一户一行';

CREATE TABLE members (
  id                                 uuid PRIMARY KEY,
  household_id                       uuid NOT NULL,
  village_code                       text COLLATE "C" NOT NULL,
  person_no                          text COLLATE "C",
  order_in_household                 integer,
  name                               text NOT NULL,
  relation                           text COLLATE "C" NOT NULL,
  id_type                            text COLLATE "C" NOT NULL,
  id_no_sealed                       bytea,
  id_no_hash                         bytea,
  id_no_tail_hash                    bytea,
  sex                                text COLLATE "C",
  birth_on                           date,
  ethnicity                          text COLLATE "C",
  political_status                   text COLLATE "C",
  phone                              text,
  phone_tail                         text COLLATE "C" GENERATED ALWAYS AS (right(phone, 4)) STORED,
  education                          text COLLATE "C",
  school_status                      text COLLATE "C",
  dropout_reason                     text COLLATE "C",
  graduate_unemployed_reason         text COLLATE "C",
  can_speak_mandarin                 boolean,
  health                             text[] NOT NULL DEFAULT '{}',
  disability_type                    text COLLATE "C",
  disability_grade                   text COLLATE "C",
  disability_card_year               smallint,
  labour_skill                       text COLLATE "C",
  work_area                          text COLLATE "C",
  employer                           text,
  work_months                        numeric(3,1),
  monthly_wage_fen                   bigint,
  public_post_type                   text COLLATE "C",
  public_post_months                 integer,
  has_resident_medical_insurance     boolean,
  has_employee_medical_insurance     boolean,
  has_serious_illness_insurance      boolean,
  has_commercial_medical_insurance   boolean,
  has_medical_assistance             boolean,
  has_other_health_support           boolean,
  has_resident_pension               boolean,
  has_employee_pension               boolean,
  has_dibao                          boolean,
  is_tekun                           boolean,
  has_accident_insurance_subsidy     boolean,
  is_de_facto_unattended_child       boolean,
  person_identified_in_month         text COLLATE "C",
  increase_reason                    text COLLATE "C",
  decrease_reason                    text COLLATE "C",
  import_id                          uuid,
  version                            integer NOT NULL DEFAULT 1,
  changed_at                         timestamptz NOT NULL,
  CONSTRAINT members_household FOREIGN KEY (household_id, village_code)
    REFERENCES households (id, village_code) ON UPDATE CASCADE
);
CREATE INDEX members_household ON members (household_id);
CREATE INDEX members_id_no ON members (id_no_hash);
CREATE INDEX members_id_no_tail ON members (id_no_tail_hash, village_code);
CREATE INDEX members_phone_tail ON members (phone_tail, village_code);
CREATE UNIQUE INDEX members_person_no ON members (person_no);
-- 一户只有一个户主: two clerks may add one at the same time.
CREATE UNIQUE INDEX members_one_head ON members (household_id) WHERE relation = 'head' AND decrease_reason IS NULL;
COMMENT ON COLUMN members.id_no_sealed IS '证件号码，加密存放';
COMMENT ON COLUMN members.id_no_hash IS '证件号码的带密钥摘要，只用于查找';
COMMENT ON COLUMN members.id_no_tail_hash IS '证件号码后四位的带密钥摘要';
COMMENT ON TABLE members IS '家庭成员：离户的仍保留，减少原因不为空';

-- The computed columns add up what INCOME_PARTS of the contract names; a test compares the two.

CREATE TABLE income_years (
  id                                 uuid PRIMARY KEY,
  household_id                       uuid NOT NULL,
  village_code                       text COLLATE "C" NOT NULL,
  year                               smallint NOT NULL,
  wage_public_post_fen               bigint,
  wage_other_fen                     bigint,
  employment_reward_fen              bigint,
  industry_reward_fen                bigint,
  business_fen                       bigint,
  business_cost_fen                  bigint,
  business_cost_subsidy_fen          bigint,
  property_dividend_fen              bigint,
  property_other_fen                 bigint,
  family_planning_fen                bigint,
  dibao_fen                          bigint,
  tekun_fen                          bigint,
  pension_fen                        bigint,
  eco_compensation_fen               bigint,
  transfer_other_fen                 bigint,
  rigid_expense_fen                  bigint,
  year_member_count                  integer,
  members_jan                        integer,
  members_dec                        integer,
  wage_fen                           bigint GENERATED ALWAYS AS (coalesce(wage_public_post_fen, 0) + coalesce(wage_other_fen, 0)) STORED,
  property_fen                       bigint GENERATED ALWAYS AS (coalesce(property_dividend_fen, 0) + coalesce(property_other_fen, 0)) STORED,
  transfer_fen                       bigint GENERATED ALWAYS AS (coalesce(family_planning_fen, 0) + coalesce(dibao_fen, 0) + coalesce(tekun_fen, 0) + coalesce(pension_fen, 0) + coalesce(eco_compensation_fen, 0) + coalesce(transfer_other_fen, 0) + coalesce(employment_reward_fen, 0) + coalesce(industry_reward_fen, 0)) STORED,
  gross_fen                          bigint GENERATED ALWAYS AS (coalesce(wage_public_post_fen, 0) + coalesce(wage_other_fen, 0) + coalesce(business_fen, 0) + coalesce(property_dividend_fen, 0) + coalesce(property_other_fen, 0) + coalesce(family_planning_fen, 0) + coalesce(dibao_fen, 0) + coalesce(tekun_fen, 0) + coalesce(pension_fen, 0) + coalesce(eco_compensation_fen, 0) + coalesce(transfer_other_fen, 0) + coalesce(employment_reward_fen, 0) + coalesce(industry_reward_fen, 0)) STORED,
  net_fen                            bigint GENERATED ALWAYS AS (coalesce(wage_public_post_fen, 0) + coalesce(wage_other_fen, 0) + coalesce(business_fen, 0) + coalesce(property_dividend_fen, 0) + coalesce(property_other_fen, 0) + coalesce(family_planning_fen, 0) + coalesce(dibao_fen, 0) + coalesce(tekun_fen, 0) + coalesce(pension_fen, 0) + coalesce(eco_compensation_fen, 0) + coalesce(transfer_other_fen, 0) + coalesce(employment_reward_fen, 0) + coalesce(industry_reward_fen, 0) - coalesce(business_cost_fen, 0) + coalesce(business_cost_subsidy_fen, 0)) STORED,
  net_per_capita_fen                 bigint GENERATED ALWAYS AS
    (floor((2 * (coalesce(wage_public_post_fen, 0) + coalesce(wage_other_fen, 0) + coalesce(business_fen, 0) + coalesce(property_dividend_fen, 0) + coalesce(property_other_fen, 0) + coalesce(family_planning_fen, 0) + coalesce(dibao_fen, 0) + coalesce(tekun_fen, 0) + coalesce(pension_fen, 0) + coalesce(eco_compensation_fen, 0) + coalesce(transfer_other_fen, 0) + coalesce(employment_reward_fen, 0) + coalesce(industry_reward_fen, 0) - coalesce(business_cost_fen, 0) + coalesce(business_cost_subsidy_fen, 0)) + year_member_count)::numeric / nullif(2 * year_member_count, 0))::bigint) STORED,
  import_id                          uuid,
  version                            integer NOT NULL DEFAULT 1,
  changed_at                         timestamptz NOT NULL,
  CONSTRAINT income_years_household FOREIGN KEY (household_id, village_code)
    REFERENCES households (id, village_code) ON UPDATE CASCADE,
  CONSTRAINT income_years_one_a_year UNIQUE (household_id, year)
);
-- The list asks for one year of one area: equality first, then the range, and nothing to fetch from the table.
CREATE INDEX income_years_year ON income_years (year, village_code, net_per_capita_fen, household_id);
COMMENT ON TABLE income_years IS '年度收入：一户一年一行，合计由数据库计算，单位为分';

CREATE TABLE helpers (
  id                                 uuid PRIMARY KEY,
  household_id                       uuid NOT NULL,
  village_code                       text COLLATE "C" NOT NULL,
  person_id                          uuid REFERENCES persons (id),
  helper_name                        text NOT NULL,
  unit                               text,
  unit_level                         text COLLATE "C",
  post                               text,
  phone                              text,
  political_status                   text COLLATE "C",
  started_on                         date,
  ended_on                           date,
  import_id                          uuid,
  version                            integer NOT NULL DEFAULT 1,
  changed_at                         timestamptz NOT NULL,
  CONSTRAINT helpers_household FOREIGN KEY (household_id, village_code)
    REFERENCES households (id, village_code) ON UPDATE CASCADE
);
CREATE INDEX helpers_household ON helpers (household_id);
CREATE INDEX helpers_person ON helpers (person_id);
COMMENT ON COLUMN helpers.person_id IS '在本系统有人员记录的帮扶责任人，据此只见自己帮扶的户';
COMMENT ON TABLE helpers IS '帮扶责任人：谁从何时到何时帮扶一户';

CREATE TABLE measures (
  id                                 uuid PRIMARY KEY,
  household_id                       uuid NOT NULL,
  village_code                       text COLLATE "C" NOT NULL,
  category                           text COLLATE "C" NOT NULL,
  unit                               text,
  content                            text,
  cost_fen                           bigint,
  provided_on                        date,
  needs                              text,
  plan                               text,
  effect                             text,
  effect_on                          date,
  import_id                          uuid,
  version                            integer NOT NULL DEFAULT 1,
  changed_at                         timestamptz NOT NULL,
  CONSTRAINT measures_household FOREIGN KEY (household_id, village_code)
    REFERENCES households (id, village_code) ON UPDATE CASCADE
);
CREATE INDEX measures_household ON measures (household_id);
COMMENT ON TABLE measures IS '帮扶措施';

CREATE TABLE village_profiles (
  village_code                       text COLLATE "C" PRIMARY KEY REFERENCES areas (code),
  is_poor_village                    boolean,
  exit_year                          smallint,
  total_household_count              integer,
  total_person_count                 integer,
  resident_population                integer,
  dibao_household_count              integer,
  dibao_person_count                 integer,
  tekun_household_count              integer,
  tekun_person_count                 integer,
  collective_income_fen              bigint,
  pv_capacity_kw                     numeric(8,2),
  version                            integer NOT NULL DEFAULT 1,
  changed_at                         timestamptz NOT NULL
);
COMMENT ON TABLE village_profiles IS '村情：登记册无法算出的村级情况';

-- One- and two-character pieces of names. Found by equality, which is leak-proof, so that the index is used under
-- row-level security (array and LIKE operators are not, see docs/decisions/0004-name-search.md).
CREATE TABLE member_name_grams (
  gram         text COLLATE "C" NOT NULL,
  village_code text COLLATE "C" NOT NULL,
  member_id    uuid NOT NULL,
  household_id uuid NOT NULL,
  PRIMARY KEY (gram, village_code, member_id)
);
CREATE INDEX member_name_grams_member ON member_name_grams (member_id);
COMMENT ON TABLE member_name_grams IS '姓名检索：姓名中的单字和相邻两字，由触发器维护';

CREATE FUNCTION keep_name_grams() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM member_name_grams WHERE member_id IN (SELECT id FROM old_rows);
    RETURN NULL;
  END IF;
  INSERT INTO member_name_grams (gram, village_code, member_id, household_id)
  SELECT substr(name, place, size), village_code, id, household_id
  FROM new_rows, generate_series(1, 2) AS size, generate_series(1, char_length(name) - size + 1) AS place
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION renew_name_grams() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM member_name_grams WHERE member_id IN (
    SELECT o.id FROM old_rows o JOIN new_rows n USING (id)
    WHERE (o.name, o.village_code, o.household_id) IS DISTINCT FROM (n.name, n.village_code, n.household_id));
  INSERT INTO member_name_grams (gram, village_code, member_id, household_id)
  SELECT substr(n.name, place, size), n.village_code, n.id, n.household_id
  FROM old_rows o JOIN new_rows n USING (id),
       generate_series(1, 2) AS size, generate_series(1, char_length(n.name) - size + 1) AS place
  WHERE (o.name, o.village_code, o.household_id) IS DISTINCT FROM (n.name, n.village_code, n.household_id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER members_inserted AFTER INSERT ON members REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_name_grams();
CREATE TRIGGER members_deleted AFTER DELETE ON members REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_name_grams();
CREATE TRIGGER members_updated AFTER UPDATE ON members REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION renew_name_grams();

-- What somebody searched for. Names and ID numbers must not stand in the address bar, so it holds the id of this row.
CREATE TABLE household_searches (
  id         uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  sealed     bytea NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX household_searches_account ON household_searches (account_id, created_at);
COMMENT ON TABLE household_searches IS '检索词：加密存放，只有本人可用，地址栏里只出现编号';

-- The households the actor helps. Runs as the owner, so that reading helpers does not ask this function again.
CREATE FUNCTION reach_own_households() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path FROM CURRENT
  AS $$ SELECT array_agg(household_id) FROM helpers
        WHERE person_id = reach_person() AND (ended_on IS NULL OR ended_on >= reach_today()) $$;

-- Whether somebody present elsewhere in the county has this number. Runs as the owner, because the answer must not
-- depend on reach; it tells that there is such a household, never which.
CREATE FUNCTION id_number_is_elsewhere(number_hash bytea, except_household uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT
  AS $$ SELECT EXISTS (SELECT FROM members WHERE id_no_hash = number_hash AND household_id <> except_household
                       AND decrease_reason IS NULL) $$;

ALTER TABLE households ENABLE ROW LEVEL SECURITY;
CREATE POLICY households_reach ON households TO :app, :reports
  USING (village_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
         AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> village_code
              OR ((SELECT reach_is_own()) AND id = ANY ((SELECT reach_own_households())::uuid[]))));
ALTER TABLE living_conditions ENABLE ROW LEVEL SECURITY;
CREATE POLICY living_conditions_reach ON living_conditions TO :app, :reports
  USING (village_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
         AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> village_code
              OR ((SELECT reach_is_own()) AND household_id = ANY ((SELECT reach_own_households())::uuid[]))));
ALTER TABLE members ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_reach ON members TO :app, :reports
  USING (village_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
         AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> village_code
              OR ((SELECT reach_is_own()) AND household_id = ANY ((SELECT reach_own_households())::uuid[]))));
ALTER TABLE income_years ENABLE ROW LEVEL SECURITY;
CREATE POLICY income_years_reach ON income_years TO :app, :reports
  USING (village_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
         AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> village_code
              OR ((SELECT reach_is_own()) AND household_id = ANY ((SELECT reach_own_households())::uuid[]))));
ALTER TABLE helpers ENABLE ROW LEVEL SECURITY;
CREATE POLICY helpers_reach ON helpers TO :app, :reports
  USING (village_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
         AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> village_code
              OR ((SELECT reach_is_own()) AND household_id = ANY ((SELECT reach_own_households())::uuid[]))));
ALTER TABLE measures ENABLE ROW LEVEL SECURITY;
CREATE POLICY measures_reach ON measures TO :app, :reports
  USING (village_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
         AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> village_code
              OR ((SELECT reach_is_own()) AND household_id = ANY ((SELECT reach_own_households())::uuid[]))));
ALTER TABLE member_name_grams ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_name_grams_reach ON member_name_grams TO :app, :reports
  USING (village_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
         AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> village_code
              OR ((SELECT reach_is_own()) AND household_id = ANY ((SELECT reach_own_households())::uuid[]))));
ALTER TABLE village_profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY village_profiles_reach ON village_profiles TO :app, :reports
  USING (village_code BETWEEN (SELECT reach_from()) AND (SELECT reach_to())
         AND ((SELECT reach_is_one_range()) OR (SELECT reach_areas()) @> village_code));
ALTER TABLE household_searches ENABLE ROW LEVEL SECURITY;
CREATE POLICY household_searches_reach ON household_searches TO :app, :reports
  USING (account_id = (SELECT reach_account()));

GRANT SELECT, INSERT, UPDATE, DELETE ON households, living_conditions, members, income_years, helpers, measures,
  member_name_grams, household_searches TO :app;
GRANT SELECT, INSERT, UPDATE ON village_profiles TO :app;
GRANT SELECT ON households, living_conditions, members, income_years, helpers, measures, member_name_grams,
  village_profiles, household_searches TO :reports;
