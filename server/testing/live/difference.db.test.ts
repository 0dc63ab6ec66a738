import { describe, expect, it } from "vitest";
import { tenants } from "@/db/schema";
import { makeTenant, type MadeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import type { Tightening } from "@/policies/packs/tightening";
import type { Scenario } from "@/policies/simulate/scenarios";
import { must } from "@/server/kernel/errors";
import { liveDifferenceOf, whyNotAsked } from "./difference";
import { committedScenarios } from "./pass";
import { makeWorld, type World } from "./world";

const db = useTestDatabase();
const asked = committedScenarios("saas")
  .slice(0, 78)
  .filter((scenario) => whyNotAsked(scenario) === null);
const titled = (title: string): Scenario =>
  must(
    asked.find((each) => each.title === title),
    title,
  );

/** Tenants of the saas pack, of which one rule is another. */
const tightenedBy = (tightening: Tightening) => async (): Promise<MadeTenant> => {
  const tenant = await makeTenant(db.database, { profile: "conductor-governance-saas" });
  await withTenant({ database: db.database, tenantId: tenant.tenantId }, (tx) =>
    tx.update(tenants).set({ tightening }),
  );
  return tenant;
};
const asShipped = () => makeTenant(db.database, { profile: "conductor-governance-saas" });

async function differing(world: World): Promise<string[]> {
  const found: string[] = [];
  for (const scenario of asked) {
    const difference = await liveDifferenceOf(world, scenario);
    if (difference !== null) found.push(`${scenario.title}: ${difference}`);
  }
  return found;
}

describe("asking the procedures what the scenarios expect", () => {
  it("finds nothing where the verbs decide by the pack", async () => {
    expect(asked.length).toBe(78);
    expect(await differing(await makeWorld(db.database, asShipped))).toEqual([]);
  });

  it("names the scenarios that one altered rule turns, and no other", async () => {
    const world = await makeWorld(db.database, tightenedBy({ kill_switch: { run: ["tenant_admin"] } }));
    const refused = "the answer is no: FORBIDDEN, break_glass";
    expect(await differing(world)).toEqual([
      `A conductor admin kills a run in dev at low risk: ${refused}`,
      `An operator kills a run in dev at low risk: ${refused}`,
      `A conductor admin kills a run in prod at critical risk: ${refused}`,
      `An operator kills a run in prod at critical risk: ${refused}`,
      `An operator kills what is above their clearance: ${refused}`,
      `An operator kills a run of another region: ${refused}`,
    ]);
  });

  it("names what another pack lets through, and what it refuses", async () => {
    const world = await makeWorld(db.database, () =>
      makeTenant(db.database, { profile: "conductor-governance-internal" }),
    );
    expect(await differing(world)).toEqual([
      "A reviewer kills a run in dev at low risk: the answer is yes",
      "A reviewer kills a run in prod at critical risk: the answer is yes",
      "An operator starts a run of another region: the answer is yes",
      "An operator starts a run of another business unit: the answer is no: FORBIDDEN, same_business_unit",
    ]);
  });

  it("tells another reason, and another chain", async () => {
    const world = await makeWorld(db.database, asShipped);
    const expecting = (title: string, over: Partial<Scenario["expect"]>) => {
      const scenario = titled(title);
      return liveDifferenceOf(world, { ...scenario, expect: { ...scenario.expect, ...over } });
    };
    const after = "3 × operator within 1 h";
    expect(await expecting("A reader starts a run in dev at low risk", { failed: ["cleared"] })).toBe(
      "what failed is role",
    );
    expect(await expecting("A reviewer publishes a version in dev at low risk", { after })).toBe("after 1 people");
    expect(await expecting("An operator starts a run in dev at low risk", { after })).toBe("after nobody");
  });
});
