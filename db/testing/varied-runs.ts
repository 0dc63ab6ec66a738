import type pg from "pg";

const HEX = "replace(gen_random_uuid()::text, '-', '')";

/**
 * Puts finished runs of 40 workflows into a tenant, as unlike each other as a grown tenant's are: most succeeded, some
 * words are rare, and the newest is a minute old. Rows only, nothing that would execute. `starters` are references.
 */
export async function seedVariedRuns(
  owner: pg.Client,
  { tenantId, starters, count }: { tenantId: string; starters: readonly string[]; count: number },
): Promise<void> {
  await owner.query(
    `with flow as (
      insert into workflows (tenant_id, id, slug, name, environment, region, risk_profile, business_unit, data_sensitivity,
        importance, created_by)
      select $1, 'wfl_' || ${HEX}, 'varied-' || n, 'Varied ' || n, (array['prod', 'staging', 'prod', 'dev'])[1 + n % 4],
        (array['eu', 'us', 'eu', 'eu', 'apac'])[1 + n % 5], (array['low', 'medium', 'low', 'high', 'low', 'critical'])[1 + n % 6],
        (array['general', 'finance', 'general'])[1 + n % 3],
        (array['internal', 'public', 'internal', 'confidential', 'internal', 'internal', 'restricted'])[1 + n % 7], 'normal', 'system'
      from generate_series(1, 40) n returning *
    ), version as (
      insert into workflow_versions (tenant_id, id, workflow_id, number, status, definition, content_hash, contributors,
        created_by, environment, region, risk_profile, business_unit, data_sensitivity, importance)
      select tenant_id, 'wfv_' || ${HEX}, id, 1, 'retired', '{}', 'sha256:0', '{}', 'system', environment, region,
        risk_profile, business_unit, data_sensitivity, importance from flow returning *
    ), numbered as (
      -- By name and not by id: which words are rare is then the same each time.
      select version.*, row_number() over (order by flow.slug) - 1 as place from version join flow on flow.id = version.workflow_id
    )
    insert into runs (tenant_id, id, workflow_id, version_id, content_hash, status, input, started_by, created_at, started_at,
      ended_at, environment, region, risk_profile, business_unit, data_sensitivity, importance)
    select $1, 'run_' || ${HEX}, v.workflow_id, v.id, 'sha256:0',
      case when n % 20 = 3 then 'failed' when n % 200 = 5 then 'cancelled' when n % 2000 = 7 then 'killed' else 'succeeded' end,
      '{}', ($2::text[])[case when n % 1000 = 11 then cardinality($2::text[]) else 1 + n % greatest(1, cardinality($2::text[]) - 1) end],
      date_trunc('milliseconds', now()) - n * interval '1 minute', now() - n * interval '1 minute',
      now() - n * interval '1 minute' + interval '20 seconds',
      v.environment, v.region, v.risk_profile, v.business_unit, v.data_sensitivity, v.importance
    from generate_series(1, $3::int) n
    -- The first workflow has half of all runs, the second a quarter, and so on.
    join numbered v on v.place = least(39, floor(-log(2, 1 - (n * 7919 % 100003) / 100003.0)))`,
    [tenantId, starters, count],
  );
  await owner.query("analyze runs, workflows, workflow_versions");
}
