-- A statement whose count of rows decides can travel together with the commit after it: a wrong count fails both.
CREATE FUNCTION "public"."expect_rows"("counted" bigint, "expected" integer) RETURNS integer LANGUAGE plpgsql AS $$
begin
  if counted <> expected then
    raise exception '% rows instead of %', counted, expected using errcode = 'CD001';
  end if;
  return expected;
end
$$;
