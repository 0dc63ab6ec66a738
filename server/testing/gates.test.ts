import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PLACES } from "@/app/_shared/shell/places";
import { gatedFeatures, GATES } from "@/policies/entitlements/gates";
import { type Feature, FEATURES } from "@/policies/entitlements/words";
import type { ProcedureMeta } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";

const ROOT = path.resolve(import.meta.dirname, "../..");
const source = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

/** Where the feature is asked about in the code of what the table names. */
const GUARDS: Readonly<Record<string, string>> = {
  "execute-run": "server/adapters/find-adapters.ts",
  "judge-slos": "server/slos/settle-alerts.ts",
  "run-drill": "server/drills/run-drill.ts",
  drill: "server/drills/run-drill.ts",
  "collect-evidence-nightly": "server/collectors/collect-evidence.ts",
  "probe-controls-daily": "server/collectors/collect-evidence.ts",
  "rehearse-restores-nightly": "server/collectors/collect-evidence.ts",
  "build-bundle": "server/bundles/export-bundle.ts",
  evidence: "server/bundles/export-bundle.ts",
  "run-audits-weekly": "server/audits/list-audited.ts",
  audit: "server/audits/audit-now.ts",
  mitigate: "server/mitigations/mitigate-breach.ts",
  "tend-access-reviews": "server/access-reviews/tend-reviews.ts",
  "escalate-incident": "server/incidents/plan-messages.ts",
  "detect-drift": "server/drift/change-tasks.ts",
  "drift accept": "server/drift/accept-drift.ts",
  "/api/v1": "server/v1/http.ts",
  "a definition that calls one, when it is saved and when it is published": "server/workflows/adapter-issues.ts",
};

const asking = Object.entries(appRouter._def.procedures).flatMap(([name, procedure]) => {
  const { meta } = (procedure as unknown as { _def: { meta?: ProcedureMeta } })._def;
  return meta !== undefined && "features" in meta ? meta.features.map((feature) => `${feature} ${name}`) : [];
});

describe("the table of gates", () => {
  it("says of every sold feature where it is asked about, or why it is not", () => {
    expect(Object.keys(GATES).sort()).toEqual(Object.keys(FEATURES).sort());
    for (const [feature, gate] of Object.entries(GATES)) {
      if (gate.state !== "gated") expect([feature, gate.why.length > 20]).toEqual([feature, true]);
      else expect([feature, gate.procedures.length + gate.doors.length > 0]).toEqual([feature, true]);
    }
  });

  it("names exactly the procedures that ask, each for what it asks about", () => {
    const named = gatedFeatures().flatMap(({ feature, procedures }) => procedures.map((name) => `${feature} ${name}`));
    expect(asking.sort()).toEqual(named.sort());
    expect(named.length).toBeGreaterThan(5);
  });

  it.each(
    gatedFeatures().flatMap(({ feature, jobs, commands, doors }) =>
      [...jobs, ...commands, ...doors].map((where): [Feature, string] => [feature, where]),
    ),
  )("%s is asked about by %s", (feature, where) => {
    const file = GUARDS[where];
    expect(file, "a job, command or door of the table has a guard").toBeDefined();
    expect(source(file ?? "")).toMatch(new RegExp(`(closedFor|requireFeature)[^;]*"${feature}"|"${feature}", use`));
  });

  it("names pages that there are, and each of them tells of it", () => {
    for (const { feature, page } of gatedFeatures()) {
      if (page === null) continue;
      expect(PLACES.map(({ slug }) => slug)).toContain(page);
      const file = page === "policy" ? "policy/changes" : page;
      expect(source(`app/t/[tenant]/${file}/page.tsx`)).toContain(`"${feature}"`);
    }
  });
});
