-- Appends links to a tenant's chain, in their order. Writers of one tenant take turns from here to the end of their
-- transactions: whoever has several appends them at once.
CREATE FUNCTION "public"."append_links"(
  "chain" text, "tenant" text, "genesis" text, "ids" text[], "moments" timestamptz[], "who" text[], "what" text[],
  "things" text[], "contents" text[], "digests" text[]
) RETURNS void LANGUAGE plpgsql AS $$
declare
  place bigint;
  previous text;
  computed text;
begin
  perform pg_advisory_xact_lock(hashtextextended(chain || ':' || tenant, 0));
  if chain = 'receipts' then
    select seq, hash into place, previous from receipts where tenant_id = tenant order by seq desc limit 1;
  else
    select seq, hash into place, previous from decisions where tenant_id = tenant order by seq desc limit 1;
  end if;
  place := coalesce(place, 0);
  previous := coalesce(previous, genesis);
  for nth in 1 .. cardinality(ids) loop
    place := place + 1;
    computed := 'sha256:' || encode(sha256(convert_to(previous || ':' || place || ':' || digests[nth], 'UTF8')), 'hex');
    if chain = 'receipts' then
      insert into receipts (tenant_id, id, seq, at, actor, action, subject, body, previous_hash, hash)
      values (tenant, ids[nth], place, moments[nth], who[nth], what[nth], things[nth], contents[nth]::json, previous, computed);
    else
      insert into decisions (tenant_id, id, seq, at, actor, action, subject, body, previous_hash, hash)
      values (tenant, ids[nth], place, moments[nth], who[nth], what[nth], things[nth], contents[nth]::json, previous, computed);
    end if;
    previous := computed;
  end loop;
end
$$;
--> statement-breakpoint
DROP FUNCTION "public"."append_link"(text, text, text, text, timestamptz, text, text, text, json, text);
