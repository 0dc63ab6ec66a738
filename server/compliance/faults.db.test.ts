import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEST_SECRET } from "@/db/testing/cluster";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { CONTROLS } from "@/policies/controls";
import { createApiKey } from "@/server/api-keys";
import { startSession } from "@/server/auth/start-session";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { headSigningKey } from "@/server/platform/keys";
import { anchorHeads } from "@/server/receipts";
import { setSecret } from "@/server/secrets";
import { ensureSlos } from "@/server/slos";
import { updateTenant } from "@/server/tenants";
import { memberContext, tenantWith, userContext } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { PROBED, runProbe } from "./probe-controls";
import { FAULTS } from "./testing/faults";

const db = useTestDatabase();
const ROLES = ["tenant_admin", "workflow_author", "workflow_reviewer"] as const;

let owner: pg.Client;
let tenantId: string;
let person: string;
/** What each statement of a fault is given. */
let names: Record<string, string>;

/** A tenant in which every control holds. */
beforeAll(async () => {
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  const { as } = await tenantWith(db.database, ROLES);
  const admin = as.tenant_admin;
  ({ tenantId } = admin);
  person = admin.principal.id;
  await updateTenant({ ...admin, clock: fixedClock(new Date(Date.now() - 3_600_000)) }, { name: "An hour ago" });
  const { versionId } = await makePublished(as);
  const other = await makeTenant(db.database);
  const theirs = await Promise.all(ROLES.map((role) => memberContext(db.database, other, { roles: [role] })));
  await makePublished({ workflow_author: theirs[1] ?? admin, workflow_reviewer: theirs[2] ?? admin });
  const key = await createApiKey(admin, { name: "Key", roles: ["operator"] });
  const secret = await setSecret(admin, {
    ...{ environment: "dev", name: "KEY", value: "a value of tests", allowedHosts: ["api.example.test"] },
  });
  await startSession(
    userContext(db.database, { id: person, email: "admin@example.test", name: "Admin" }),
    person,
    null,
  );
  await ensureSlos({ database: db.database, clock: fixedClock(new Date()), newId });
  const blobs = localBlobStore(mkdtempSync(path.join(tmpdir(), "faults-")));
  const key0 = headSigningKey(TEST_SECRET);
  await anchorHeads({ database: db.database, clock: fixedClock(new Date()), newId, key: key0, blobs });
  const [review, incident, drill] = [newId("accessReview"), newId("incident"), newId("drill")];
  const rehearsal = newId("evidence");
  names = {
    tenant: tenantId,
    person,
    version: versionId,
    key: key.id,
    secret: secret.id,
    review,
    incident,
    drill,
    rehearsal,
  };
  await plant(`
    insert into drift_checks (id, checked_at, took_ms, differences) values ('last', now(), 1, 0)
      on conflict (id) do update set checked_at = now(), fault = null;
    insert into access_reviews (tenant_id, id, title, scope, reviewers, due_at, status, sponsor_id, opened_by, opened_at, closed_by, closed_at, evidence_digest)
      values ($tenant, $review, 'Access', '{}', array[$person], now() + interval '1 day', 'closed', $person, 'system', now(), 'system', now(), 'sha256:0');
    insert into incidents (tenant_id, id, title, summary, severity, status, source, facts, is_drill, alert_count, told_at, opened_by, opened_at, acknowledged_by, acknowledged_at)
      values ($tenant, $incident, 'Down', '', 'sev1', 'open', 'person', '{}', false, 0, now(), 'system', now() - interval '1 day', 'system', now() - interval '1 day' + interval '2 minutes');
    insert into drills (tenant_id, id, incident_id, grade, record, report_digest, started_by, started_at, ended_at)
      values ($tenant, $drill, $incident, 'passed', '{}', 'sha256:0', 'system', now(), now());
    insert into evidence_items (tenant_id, id, kind, subject, title, file_name, media_type, bytes, digest, collected_at, facts, source)
      values ($tenant, $rehearsal, 'backup-drill', 'restore', 'Restored', 'f.json', 'application/json', 1, repeat('0', 64), now(),
        '{"outcome":"pass","differences":[],"recoverySeconds":4.2,"lossSeconds":5.1}', 'rehearsal:1');`);
});
afterAll(() => owner.end());

const filled = (statements: string) =>
  statements.replaceAll(/\$([a-z]+)/g, (_, name: string) => owner.escapeLiteral(names[name] ?? ""));

/** As superuser, by the hand of somebody whom no trigger and no key stops. */
const plant = (statements: string) => owner.query(`set session_replication_role = replica; ${filled(statements)}`);

/** Controls that do not pass, once a fault was planted; nothing of it stays. */
async function found(statements: string, ahead = 0): Promise<string[]> {
  await owner.query("begin");
  try {
    await plant(statements);
    await owner.query(`set local role conductor_app; select set_config('app.tenant_id', '${tenantId}', true)`);
    const turned = [];
    for (const { control, probe } of PROBED) {
      await owner.query("savepoint look");
      const now = new Date(Date.now() + ahead);
      const { outcome, reason } = await runProbe(drizzle(owner), probe, { tenantId, now });
      await owner.query("rollback to savepoint look");
      if (outcome !== "pass") turned.push(outcome === "fail" ? control : `${control} ${reason}`);
    }
    return turned.sort();
  } finally {
    await owner.query("rollback");
  }
}

describe("a fault in the product", () => {
  it("is none where all is well: every control holds", async () => {
    expect(await found("select 1")).toEqual([]);
  });

  it.each(FAULTS)("turns exactly its control: $title", async ({ plant: statements, turns, ahead }) => {
    expect(await found(statements, ahead)).toEqual(turns);
  });

  it("turns each control that is called owned", () => {
    const killed = new Set(FAULTS.flatMap(({ turns }) => turns));
    const owned = CONTROLS.controls.filter(({ stance }) => stance === "owned").map(({ id }) => id);
    expect(owned.filter((id) => !killed.has(id))).toEqual([]);
    expect(owned.sort()).toEqual([...new Set(PROBED.map(({ control }) => control))].sort());
  });

  it.each([
    ["nothing was ever compared", "delete from drift_checks", "MC-CM-06"],
    ["nothing is compared any more", "update drift_checks set checked_at = now() - interval '1 hour'", "MC-CM-06"],
    ["a part could not be compared", "update drift_checks set fault = 'no answer'", "MC-CM-06"],
    ["no drill was ever run", "delete from drills where tenant_id = $tenant", "MC-IR-02"],
    ["no restore was ever rehearsed", "delete from evidence_items where tenant_id = $tenant", "MC-BR-01", "MC-BR-02"],
    ["access was never reviewed", "delete from access_reviews where tenant_id = $tenant", "MC-AC-03"],
  ])(
    "is not taken for a pass where something that has to happen never did: %s",
    async (_title, statements, ...controls) => {
      const turned = await found(statements);
      expect(turned).toEqual(controls.map((control) => expect.stringMatching(new RegExp(`^${control} `)) as string));
    },
  );

  it("is not taken for a pass where the probe itself cannot look", async () => {
    const turned = await found("alter table drills rename column grade to marks");
    expect(turned).toHaveLength(1);
    expect(turned[0]).toMatch(/^MC-IR-02 The probe could not look\.$/);
  });
});
