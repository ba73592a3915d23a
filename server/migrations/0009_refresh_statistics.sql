-- A first import puts a hundred thousand households into an empty table within one transaction. Until it ends nobody else
-- sees them: should autovacuum look at the table meanwhile, it notes that there are none, and the foreign keys of
-- their members are then looked up by a wrong index, which takes hours. So the import counts its households itself;
-- the lock ANALYZE takes keeps autovacuum from the table until the import has ended.
-- Runs as the owner, because only an owner may analyse.
CREATE FUNCTION refresh_household_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  ANALYZE households;
END $$;
COMMENT ON FUNCTION refresh_household_statistics() IS '大批导入时在同一事务中重新统计户表，使外键检查用对索引';
