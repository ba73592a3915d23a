-- The list of persons and the figure behind it: those present, by village and household, without reading the table.
CREATE INDEX members_present ON members (village_code, household_id) WHERE decrease_reason IS NULL;
