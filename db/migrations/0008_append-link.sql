-- Appends a link to a tenant's chain, with the writer's own rights. The lock comes first, in a statement of its own, so
-- that the next one sees what the writer before committed; one call instead of two keeps it for as short as can be.
CREATE FUNCTION "public"."append_link"(
  "chain" text, "tenant" text, "genesis" text, "link_id" text, "moment" timestamptz, "who" text, "what" text,
  "thing" text, "content" json, "digest" text
) RETURNS void LANGUAGE plpgsql AS $$
declare
  place bigint;
  previous text;
begin
  perform pg_advisory_xact_lock(hashtextextended(chain || ':' || tenant, 0));
  if chain = 'receipts' then
    select seq, hash into place, previous from receipts where tenant_id = tenant order by seq desc limit 1;
  else
    select seq, hash into place, previous from decisions where tenant_id = tenant order by seq desc limit 1;
  end if;
  place := coalesce(place, 0) + 1;
  previous := coalesce(previous, genesis);
  if chain = 'receipts' then
    insert into receipts (tenant_id, id, seq, at, actor, action, subject, body, previous_hash, hash)
    values (tenant, link_id, place, moment, who, what, thing, content, previous,
      'sha256:' || encode(sha256(convert_to(previous || ':' || place || ':' || digest, 'UTF8')), 'hex'));
  else
    insert into decisions (tenant_id, id, seq, at, actor, action, subject, body, previous_hash, hash)
    values (tenant, link_id, place, moment, who, what, thing, content, previous,
      'sha256:' || encode(sha256(convert_to(previous || ':' || place || ':' || digest, 'UTF8')), 'hex'));
  end if;
end
$$;
