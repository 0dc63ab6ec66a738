import { describe, expect, it } from "vitest";
import { accessOf } from "@/policies/entitlements/access";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { type FlagContext, flagContextOf } from "@/policies/entitlements/flags";
import { FLAGGED } from "@/policies/entitlements/flag-registry";
import { limitsOfPlan, type Projection } from "@/policies/entitlements/projection";
import { STATUSES } from "@/policies/entitlements/status";
import { ADD_ONS, type AddOn, type Feature } from "@/policies/entitlements/words";
import bootstrap from "@/policies/generated/flags/bootstrap.json";
import { parseEnv } from "@/server/platform/env";
import { parseFlagState } from "@/server/platform/flag-state";
import { createFlagStore } from "@/server/platform/unleash";
import { flagsBy, flagsStanding, flagStoreOf } from "./flags";
import { whyClosed } from "./gate";

const NOW = new Date("2026-11-26T12:00:00Z");
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
const ADD_ON_NAMES = Object.keys(ADD_ONS) as AddOn[];

/** The flags of a deployment without a server, some of them as somebody might have them. */
function flagsWith(change: (flags: typeof bootstrap.features) => unknown[] = (flags) => flags) {
  const state = parseFlagState({ features: change(structuredClone(bootstrap.features)), meta: { revisionId: 5 } });
  return flagsBy(createFlagStore({ server: null, bootstrap: state, environment: "production" }));
}
const flags = flagsWith();

function projection(plan: Projection["plan"], over: Partial<Projection> = {}): Projection {
  return {
    ...{ source: "stripe", plan, addOns: [], seats: 3, status: "active", statusSince: days(-1), graceUntil: days(3) },
    ...{ periodEnd: days(20), cancelAtPeriodEnd: false, endsAt: null, endedAt: null, catalogueVersion: 1 },
    ...{ limits: limitsOfPlan(plan ?? "standard", [], 0, 1), previous: null, ...over },
  };
}

/** Every set of add-ons. */
const sets = ADD_ON_NAMES.reduce<AddOn[][]>((all, addOn) => [...all, ...all.map((set) => [...set, addOn])], [[]]);
const statuses = [...STATUSES, "a status of another release"];

describe("the flags of the catalogue", () => {
  it("hold nothing back that access gives, for every plan, set of add-ons, status and what was before", () => {
    const before = [null, projection("pro"), projection("internal", { addOns: ["compliance"], seats: null })];
    let given = 0;
    for (const plan of [null, ...CATALOGUE.skus.map(({ id }) => id)])
      for (const addOns of sets)
        for (const status of statuses)
          for (const previous of status === "incomplete" ? before : [null]) {
            const of = projection(plan, { addOns, status, previous });
            for (const feature of FLAGGED.filter((each) => accessOf(of, NOW).features.has(each))) {
              given += 1;
              const { isHeldBack } = flags.ask(feature, flagContextOf("ten_1", of));
              expect([plan, addOns, status, feature, isHeldBack]).toEqual([plan, addOns, status, feature, false]);
            }
          }
    expect(given).toBeGreaterThan(1_000);
  });

  it("hold back whatever neither plan nor add-on opens, should anybody ask", () => {
    for (const plan of [null, ...CATALOGUE.skus.map(({ id }) => id)])
      for (const addOns of sets) {
        const of = projection(plan, { addOns });
        const { features } = accessOf(of, NOW);
        const open = FLAGGED.filter((feature) => !flags.ask(feature, flagContextOf("ten_1", of)).isHeldBack);
        expect([plan, addOns, open]).toEqual([plan, addOns, FLAGGED.filter((feature) => features.has(feature))]);
      }
  });

  it.each(["canceled", "incomplete_expired"])("hold all of it back from a plan that is %s", (status) => {
    const context: FlagContext = { ...flagContextOf("ten_1", projection("enterprise")), status };
    for (const feature of FLAGGED) expect(flags.ask(feature, context).isHeldBack).toBe(true);
  });
});

describe("the gate", () => {
  const of = projection("pro");
  const standing = { projection: of, access: accessOf(of, NOW) };
  const closed = (by: ReturnType<typeof flagsWith>, tenantId = "ten_1", feature: Feature = "sso") =>
    whyClosed(standing, { tenantId, feature, use: "change" }, by);
  const kill = (constraints: unknown[]) =>
    flagsWith((all) =>
      all.map((flag) =>
        flag.name === "kill.sso"
          ? { ...flag, enabled: true, strategies: flag.strategies.map((each) => ({ ...each, constraints })) }
          : flag,
      ),
    );
  const only = (contextName: string, operator: string, said: object) => ({
    ...{ contextName, operator, values: [], inverted: false, caseInsensitive: false, ...said },
  });

  it("is open where nothing holds a feature back", () => {
    expect(closed(flags)).toBeNull();
  });

  it("is closed by a kill switch, which says by whose flags and in which state", () => {
    expect(closed(kill([]))).toEqual({
      ...{ why: "held-back", by: { provider: "bootstrap", revision: 5 } },
      message: "Single sign-on: switched off for now by whoever operates this deployment.",
    });
    expect(closed(kill([]), "ten_1", "own-policy")).toBeNull();
  });

  it.each<[string, object, object]>([
    ["a tenant", only("tenantId", "IN", { values: ["ten_1"] }), only("tenantId", "IN", { values: ["ten_2"] })],
    ["a plan", only("plan", "IN", { values: ["pro"] }), only("plan", "IN", { values: ["white-label"] })],
    ["an edition", only("edition", "IN", { values: ["hosted"] }), only("edition", "IN", { values: ["white-label"] })],
    ["small tenants", only("seats", "NUM_LTE", { value: "3" }), only("seats", "NUM_LTE", { value: "2" })],
    ["a status", only("status", "IN", { values: ["active"] }), only("status", "IN", { values: ["trialing"] })],
    [
      "an environment",
      only("environment", "IN", { values: ["production"] }),
      only("environment", "IN", { values: ["development"] }),
    ],
    [
      "nobody with an add-on",
      only("addons", "STR_CONTAINS", { values: [",incident,"], inverted: true }),
      only("addons", "STR_CONTAINS", { values: [",incident,"] }),
    ],
  ])("is closed by a kill switch for %s to those alone", (_whom, hit, missed) => {
    expect(closed(kill([hit]))?.why).toBe("held-back");
    expect(closed(kill([missed]))).toBeNull();
  });

  it("holds by the plan and by the whole word: no add-on is found inside of another, no flag opens what is not bought", () => {
    const wide = flagsWith((all) => all.map((flag) => ({ ...flag, strategies: [] })));
    expect(closed(wide, "ten_1", "own-branding")?.why).toBe("not-in-plan");
    const context = { ...flagContextOf("ten_1", projection(null)), addOns: ["incident-light"] as unknown as AddOn[] };
    expect(flags.ask("incident-automation", context).isHeldBack).toBe(true);
  });

  it.each<[string, ReturnType<typeof flagsWith>]>([
    ["nobody knows its flag", flagsWith((all) => all.filter(({ name }) => name !== "feature.sso"))],
    ["its flag is off", flagsWith((all) => all.map((flag) => ({ ...flag, enabled: flag.name !== "feature.sso" })))],
    [
      "its strategy is one that this release does not know",
      flagsWith((all) => all.map((flag) => ({ ...flag, strategies: [{ name: "byMoonlight", constraints: [] }] }))),
    ],
    [
      "there is no state at all",
      flagsBy(createFlagStore({ server: null, bootstrap: null, environment: "production" })),
    ],
  ])("denies what was bought where %s", (_why, by) => {
    expect(closed(by)?.why).toBe("held-back");
  });
});

describe("a configuration", () => {
  const base = { CONDUCTOR_SECRET: "x".repeat(40) };
  const server = {
    UNLEASH_URL: "http://unleash.test/api",
    UNLEASH_API_TOKEN: "*:production.x",
    CONDUCTOR_HOME: "/nowhere",
  };

  it("without a server decides by the catalogue, of whose flags none is missing", () => {
    expect(flagsStanding(flagStoreOf(parseEnv(base)))).toEqual({
      ...{ provider: "bootstrap", revision: null, isConfigured: false, problem: null, missing: 0 },
    });
  });

  it("with a server that was never heard decides by the catalogue, or where that is not wanted denies", () => {
    expect(flagsStanding(flagStoreOf(parseEnv({ ...base, ...server })))).toMatchObject({
      provider: "bootstrap",
      missing: 0,
    });
    const strict = flagStoreOf(parseEnv({ ...base, ...server, UNLEASH_BOOTSTRAP: "none" }));
    expect(flagsStanding(strict)).toMatchObject({ provider: "none", missing: 24 });
  });
});
