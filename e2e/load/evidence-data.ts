import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { appendLinks } from "@/db/chain";
import type { Database } from "@/db/client";
import { evidenceItems } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { EVIDENCE_KINDS } from "@/server/evidence";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";

/** Rows of one statement. */
const BATCH = 1_000;
/** Items are collected of so many things, again and again. */
const SUBJECTS = 200;
const STEP_MS = 250;

/** Whom everything belongs to, and from when on it is: nothing of it is older than an hour or two, nothing newer than now. */
export interface Ground {
  database: Database;
  tenantId: string;
  /** Where blobs lie. */
  blobs: string;
  begun: Date;
}

/** A tenant with a licence, as rows: nobody signs in to it. */
export async function makeTenant(ownerUrl: string, slug: string): Promise<string> {
  const [owner, tenantId] = [new pg.Client({ connectionString: ownerUrl }), newId("tenant")];
  await owner.connect();
  await owner.query(
    `insert into tenants (tenant_id, slug, name, is_operator, governance_profile) values ($1, $2, 'Bench', false, 'conductor-governance-saas')`,
    [tenantId, slug],
  );
  await owner.query(
    `insert into entitlement_overrides (tenant_id, id, plan, add_ons, more_seats, catalogue_version, reason, granted_by, granted_at, expires_at)
     values ($1, 'ovr_' || substr($1, 5), 'internal', '{}', 0, $2, 'A tenant of a benchmark.', 'system', now(), now() + interval '1 year')`,
    [tenantId, CATALOGUE.version],
  );
  await owner.end();
  return tenantId;
}

const ATTRIBUTES = "'dev', 'eu', 'low', 'general', 'internal', 'normal'";

/** Finished runs of one version, as rows. */
export async function makeRuns(ownerUrl: string, tenantId: string, count: number): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const [workflowId, versionId] = [newId("workflow"), newId("workflowVersion")];
  await owner.query(
    `insert into workflows (tenant_id, id, slug, name, environment, region, risk_profile, business_unit, data_sensitivity, importance, created_by)
     values ($1, $2, 'measured', 'Measured', ${ATTRIBUTES}, 'system')`,
    [tenantId, workflowId],
  );
  await owner.query(
    `insert into workflow_versions (tenant_id, id, workflow_id, number, status, definition, content_hash, contributors, created_by,
       environment, region, risk_profile, business_unit, data_sensitivity, importance)
     values ($1, $2, $3, 1, 'retired', '{}', 'sha256:0', '{}', 'system', ${ATTRIBUTES})`,
    [tenantId, versionId, workflowId],
  );
  await owner.query(
    `insert into runs (tenant_id, id, workflow_id, version_id, content_hash, status, input, started_by, created_at, started_at, ended_at,
       environment, region, risk_profile, business_unit, data_sensitivity, importance)
     select $1, 'run_' || replace(gen_random_uuid()::text, '-', ''), $2, $3, 'sha256:0', 'succeeded', '{}', 'system',
       now() - n * interval '100 ms', now() - n * interval '100 ms', now() - n * interval '100 ms' + interval '90 ms', ${ATTRIBUTES}
     from generate_series(1, $4::int) n`,
    [tenantId, workflowId, versionId, count],
  );
  await owner.end();
}

const places = (count: number) =>
  Array.from({ length: Math.ceil(count / BATCH) }, (_, batch) =>
    Array.from({ length: Math.min(BATCH, count - batch * BATCH) }, (_each, place) => batch * BATCH + place),
  );

const ACTIONS = ["run.start", "run.finish", "approval.decide", "secret.read"] as const;

/** Receipts in the tenant's chain, appended as verbs append them, a thousand in a transaction. */
export async function makeReceipts({ database, tenantId, begun }: Ground, count: number): Promise<void> {
  for (const batch of places(count))
    await withTenant({ database, tenantId }, async (tx) => {
      const links = batch.map((n) => ({
        ...{ tenantId, id: newId("receipt"), at: new Date(begun.getTime() + n).toISOString(), actor: `usr_${n % 40}` },
        ...{ action: must(ACTIONS[n % ACTIONS.length], "an action"), subject: `run:run_${n}` },
        body: {
          ...{ requestId: newId("request"), decision: { effect: "allow", rule: "bench", revision: "saas@1" } },
          detail: { before: { status: "running" }, after: { status: "succeeded", steps: n % 9 } },
        },
      }));
      appendLinks(tx, "receipts", links);
    });
}

/** Items of every kind, each with bytes of its own in the store and the receipt of its collection. */
export async function makeItems({ database, tenantId, blobs, begun }: Ground, count: number): Promise<void> {
  const folder = path.join(blobs, "evidence", tenantId);
  await mkdir(folder, { recursive: true });
  for (const batch of places(count)) {
    const made = batch.map((n) => {
      const bytes = Buffer.from(`${JSON.stringify({ n, tenantId, said: "x".repeat(400) })}\n`);
      const digest = createHash("sha256").update(bytes).digest("hex");
      const collectedAt = new Date(begun.getTime() + n * (STEP_MS / 25));
      const kind = must(EVIDENCE_KINDS[n % EVIDENCE_KINDS.length], "a kind");
      const row = {
        ...{ tenantId, id: newId("evidence"), kind, subject: `thing:${n % SUBJECTS}`, title: `A ${kind}` },
        ...{ fileName: `${kind}.json`, mediaType: "application/json", bytes: bytes.byteLength, digest, collectedAt },
        ...{ coversFrom: null, coversTo: null, facts: { ok: true }, source: `bench:${n}` },
      };
      return { row, bytes };
    });
    // Straight to its place: the store would wait for the disk once for each.
    await Promise.all(made.map(({ row, bytes }) => writeFile(path.join(folder, row.digest), bytes)));
    await withTenant({ database, tenantId }, async (tx) => {
      await tx.insert(evidenceItems).values(made.map(({ row }) => row));
      const links = made.map(({ row: { id, kind, subject, digest, source, collectedAt } }) => ({
        ...{ tenantId, id: newId("receipt"), at: collectedAt.toISOString(), actor: "job:collect-evidence" },
        ...{ action: "evidence.collect", subject: `evidence:${id}` },
        body: { requestId: newId("request"), detail: { evidence: id, kind, of: subject, digest, source } },
      }));
      appendLinks(tx, "receipts", links);
    });
  }
}
