-- Any part of a name or e-mail. Where the server has no pg_trgm, or this role may not add it, searches
-- scan name_key instead: slower, with the same answers.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
    BEGIN
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
  END IF;
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    CREATE INDEX "name_key_folded" ON "name_key" USING gin ("folded" gin_trgm_ops);
  END IF;
END
$$;
