import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { type GovernanceProfile, profileNamed } from "@/policies/access/vocabulary";
import { readScenarios, type Scenario } from "@/policies/simulate/scenarios";
import { must } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { liveDifferenceOf, whyNotAsked } from "./difference";
import { foundedBy, makeWorld, type World } from "./world";

type LeftOut = Readonly<Record<string, Readonly<Record<string, number>>>>;

const FOLDER = path.resolve(import.meta.dirname, "..", "..", "..", "policies", "scenarios");

/** The committed scenarios of a pack, those about the edges of its rules last. */
export function committedScenarios(profile: string): Scenario[] {
  const files = [`${profile}.yaml`, `${profile}-edges.yaml`];
  return files.flatMap((file) => readScenarios(readFileSync(path.join(FOLDER, file), "utf8"), file));
}

/** What is left out under every pack, and why, so that none falls out unseen. */
const LEFT_OUT: LeftOut = {
  "a program asks, and none signs in": { approve: 1 },
  "about something else than workflows, runs and triggers": {
    ...{
      access_review: 24,
      adapter: 23,
      api_key: 4,
      audit: 2,
      billing: 8,
      break_glass: 19,
      catalogue: 9,
      decision: 7,
      deployment: 15,
      evidence: 15,
      finding: 3,
      incident: 16,
      member: 4,
    },
    ...{ policy: 25, pricing: 8, receipt: 1, remediation: 8, secret: 16, slo: 14, tenant: 28, trigger: 1 },
  },
  "no procedure does it": {
    event: 7,
  },
};

/** How many scenarios are left out, by why and by what they are about. */
function leftOut(scenarios: readonly Scenario[]): LeftOut {
  const counts: Record<string, Record<string, number>> = {};
  for (const scenario of scenarios) {
    const why = whyNotAsked(scenario);
    if (why === null) continue;
    const [subject = ""] = scenario.ask.action.split(".");
    const ofWhy = (counts[why] ??= {});
    ofWhy[subject] = (ofWhy[subject] ?? 0) + 1;
  }
  return counts;
}

/**
 * Asks the procedures every scenario of a pack that rows can set up, in a process that was started under that pack.
 */
export function askLive(profile: "internal" | "white-label" | "saas"): void {
  const scenarios = committedScenarios(profile);
  const asked = scenarios.filter((scenario) => whyNotAsked(scenario) === null);
  const db = useTestDatabase();
  let world: World | undefined;
  beforeAll(async () => {
    vi.stubEnv("CONDUCTOR_GOVERNANCE_PROFILE", profile);
    const pack = profileNamed(profile) as GovernanceProfile;
    expect(env().CONDUCTOR_GOVERNANCE_PROFILE, "the process holds its configuration from here on").toBe(pack);
    world = await makeWorld(db.database, await foundedBy(db.database, pack));
    const [row] = await withTenant({ database: db.database, tenantId: world.own.tenantId }, (tx) =>
      tx.select().from(tenants),
    );
    expect(row, "a new tenant follows the deployment").toMatchObject({ governanceProfile: pack, followsDefault: true });
  });

  describe(`procedures under the ${profile} pack`, () => {
    it(`are asked ${asked.length} of its ${scenarios.length} scenarios`, () => {
      expect(leftOut(scenarios)).toEqual(LEFT_OUT);
    });

    it.each(asked.map((scenario) => [scenario.title, scenario] as const))("%s", async (_title, scenario) => {
      expect(await liveDifferenceOf(must(world, "it was made before"), scenario)).toBeNull();
    });
  });
}
