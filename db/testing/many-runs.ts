import pg from "pg";
import { ownerUrlOf } from "./owner-query";

const ATTRIBUTES = "'dev', 'eu', 'low', 'general', 'internal', 'normal'";

/** Puts finished runs of one workflow into a demo tenant, for measuring pages: rows only, nothing that would execute. */
export async function seedRuns(
  home: string,
  slug: string,
  count: number,
): Promise<{ tenantId: string; databaseUrl: string }> {
  const databaseUrl = ownerUrlOf(home);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ tenant_id: string }>("select tenant_id from tenants where slug = $1", [slug]);
    const tenantId = rows[0]?.tenant_id ?? "";
    const hex = "replace(gen_random_uuid()::text, '-', '')";
    await client.query(`
      with w as (
        insert into workflows (tenant_id, id, slug, name, environment, region, risk_profile, business_unit, data_sensitivity, importance, created_by)
        values ('${tenantId}', 'wfl_' || ${hex}, 'measured', 'Measured', ${ATTRIBUTES}, 'system') returning id
      ), v as (
        insert into workflow_versions (tenant_id, id, workflow_id, number, status, definition, content_hash, contributors, created_by,
          environment, region, risk_profile, business_unit, data_sensitivity, importance)
        select '${tenantId}', 'wfv_' || ${hex}, w.id, 1, 'retired', '{}', 'sha256:0', '{}', 'system', ${ATTRIBUTES} from w returning id, workflow_id
      )
      insert into runs (tenant_id, id, workflow_id, version_id, content_hash, status, input, started_by, created_at, started_at, ended_at,
        environment, region, risk_profile, business_unit, data_sensitivity, importance)
      select '${tenantId}', 'run_' || ${hex}, v.workflow_id, v.id, 'sha256:0',
        (array['succeeded', 'failed', 'cancelled'])[1 + n % 3], '{}', 'system',
        now() - n * interval '1 minute', now() - n * interval '1 minute', now() - n * interval '1 minute' + interval '20 seconds',
        ${ATTRIBUTES}
      from v, generate_series(1, ${count}) n`);
    return { tenantId, databaseUrl };
  } finally {
    await client.end();
  }
}
