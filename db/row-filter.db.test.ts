import { eq } from "drizzle-orm";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { decide } from "@/policies/access/decide";
import type { Principal } from "@/policies/access/request";
import { ALL_ACTIONS, DATA_SENSITIVITIES, GOVERNANCE_PROFILES, ROLES, subjectOf } from "@/policies/access/vocabulary";
import { rowFilter, sensitivitiesWithin } from "@/policies/compile/sql";
import { shippedPolicy } from "@/policies/packs";
import { makeTenant, unique } from "./testing/factories";
import { useTestDatabase } from "./testing/test-database";
import { seedVariedRuns } from "./testing/varied-runs";
import { rowsWhere } from "./row-filter";
import { runs, workflows, workflowVersions } from "./schema";
import { withTenant } from "./tenancy";

const db = useTestDatabase();
const PERSON = "usr_who_asks";
const RUNS = 300;
const own = { tenantId: "" };
const other = { tenantId: "" };

/** Versions of each environment, risk, sensitivity and region, of whoever asks and of others. */
const EVERY_VERSION = `insert into workflow_versions (tenant_id, id, workflow_id, number, status, definition, content_hash,
    contributors, created_by, environment, region, risk_profile, business_unit, data_sensitivity, importance)
  select $1, 'wfv_every_' || row_number() over () || $2, (select id from workflows where tenant_id = $1 order by id limit 1),
    1000 + row_number() over (), 'retired', '{}', 'sha256:0', c.people, 'system', e, r, k, u, s, 'normal'
  from unnest(array['dev', 'staging', 'prod']) e, unnest(array['low', 'medium', 'high', 'critical']) k,
    unnest(array['public', 'internal', 'confidential', 'restricted']) s,
    (values ('eu', 'general'), ('us', 'finance'), ('mars', 'general')) place(r, u),
    (values (array['${PERSON}']), (array['usr_other'])) c(people)`;

beforeAll(async () => {
  const owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  for (const one of [own, other]) {
    one.tenantId = (await makeTenant(db.database)).tenantId;
    await seedVariedRuns(owner, { tenantId: one.tenantId, starters: ["system"], count: RUNS });
    await owner.query(EVERY_VERSION, [one.tenantId, unique("row")]);
  }
  await owner.end();
});
const principals = (): Principal[] =>
  ROLES.flatMap((role, place) =>
    DATA_SENSITIVITIES.flatMap((clearance) =>
      [false, true].map((breakGlass): Principal => {
        const isHome = (place + clearance.length) % 2 === 0;
        return {
          ...{ kind: place % 3 === 2 ? "api_key" : "user", id: PERSON, tenantId: own.tenantId, clearance, breakGlass },
          ...{ roles: breakGlass ? [role, "operator"] : [role], region: isHome ? "eu" : "us" },
          businessUnit: isHome ? "general" : "finance",
        };
      }),
    ),
  );

/** Where the attributes are that policy asks of each: a trigger has its workflow's, a request for approval its run's. */
const TABLES = { workflow: workflowVersions, run: runs, approval: runs, trigger: workflows } as const;
type Subject = keyof typeof TABLES;
/** What somebody asked, and who has decided, no row of a run tells: of requests for approval only the reading is filtered. */
const actionsOn = (subject: Subject) =>
  subject === "approval" ? (["approval.read"] as const) : ALL_ACTIONS.filter((one) => subjectOf(one) === subject);
type Row = typeof workflowVersions.$inferSelect | typeof runs.$inferSelect | typeof workflows.$inferSelect;

const resourceOf = (subject: Subject, row: Row) => {
  const { tenantId, environment, region, riskProfile, businessUnit, dataSensitivity } = row;
  const contributors = "contributors" in row ? row.contributors : [];
  return {
    ...{ subject, tenantId, environment, region, riskProfile, businessUnit, dataSensitivity, contributors },
    ...(subject === "approval" ? { role: "operator", requesters: [], voters: [] } : {}),
  };
};

const inTenant = <T>(work: Parameters<typeof withTenant<T>>[1]) =>
  withTenant({ database: db.database, tenantId: own.tenantId }, work);

describe.each(["workflow", "run", "approval", "trigger"] as const)("rows of the subject %s", (subject) => {
  const table = TABLES[subject];

  it.each(GOVERNANCE_PROFILES)(
    "that a filter of %s selects are those of which decide says yes, for everyone",
    async (profile) => {
      const policy = shippedPolicy(profile);
      const kept = new Map<string, ReadonlySet<string>>();
      const yes = { rows: 0, questions: 0 };
      await inTenant(async (tx) => {
        const rows: Row[] = await tx.select().from(table).where(eq(table.tenantId, own.tenantId));
        expect(rows.length).toBeGreaterThan(subject === "trigger" ? 30 : 200);
        for (const principal of principals())
          for (const action of actionsOn(subject)) {
            const filter = rowFilter([policy], principal, action);
            const key = JSON.stringify(filter);
            let selected = kept.get(key);
            if (selected === undefined) {
              const found = await tx
                .select({ id: table.id })
                .from(table)
                .where(rowsWhere(own.tenantId, filter, table));
              selected = new Set(found.map(({ id }) => id));
              kept.set(key, selected);
            }
            const allowed = rows.filter(
              (row) => decide([policy], { principal, action, resource: resourceOf(subject, row) }).allow,
            );
            const differing = rows.filter((row) => selected.has(row.id) !== allowed.includes(row));
            expect([principal.roles, action, differing.map(({ id }) => id)]).toEqual([principal.roles, action, []]);
            expect(selected.size).toBe(allowed.length);
            if (action.endsWith(".read")) {
              // Statements that take a list of sensitivities show the same, but for what is of no region any more.
              const within = sensitivitiesWithin([policy], principal, action);
              const listed = rows.filter((row) => row.region !== "mars" && within.includes(row.dataSensitivity));
              expect(listed.map(({ id }) => id)).toEqual(allowed.map(({ id }) => id));
            }
            yes.questions += rows.length;
            yes.rows += allowed.length;
          }
      });
      expect(yes.rows).toBeGreaterThan(0);
      expect(yes.rows).toBeLessThan(yes.questions);
    },
  );
});

describe("a filter", () => {
  const count = (filter: Parameters<typeof rowsWhere>[1]) =>
    inTenant(
      async (tx) =>
        (
          await tx
            .select({ id: workflowVersions.id })
            .from(workflowVersions)
            .where(rowsWhere(own.tenantId, filter, workflowVersions))
        ).length,
    );

  it("that allows nothing selects nothing, one that allows all no row of another tenant", async () => {
    expect(await count({ kind: "never" })).toBe(0);
    expect(await count({ kind: "in", attribute: "region", words: [] })).toBe(0);
    expect(await count({ kind: "always" })).toBe(328);
    expect(await count({ kind: "not", of: { kind: "never" } })).toBe(328);
  });

  it("selects nothing where its condition is unknown, and nothing either when it is turned around", async () => {
    const { tenantId, environment, riskProfile, businessUnit, dataSensitivity } = workflowVersions;
    // A column that may be empty, and is.
    const region = workflowVersions.publishedBy;
    const columns = { tenantId, environment, riskProfile, businessUnit, dataSensitivity, region };
    const inEurope = { kind: "in", attribute: "region", words: ["eu"] } as const;
    for (const filter of [inEurope, { kind: "not", of: inEurope } as const]) {
      const where = rowsWhere(own.tenantId, filter, columns);
      const found = await inTenant((tx) => tx.select({ id: workflowVersions.id }).from(workflowVersions).where(where));
      expect(found).toEqual([]);
    }
  });

  it("about contributors is refused on a table that does not know any", () => {
    const filter = { kind: "among", list: "contributors", person: PERSON } as const;
    expect(() => rowsWhere("ten_1", filter, runs)).toThrow("does not say who contributed");
  });
});
