import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded";
import { settleFlags } from "@/jobs/cli/flags";
import { accessOf } from "@/policies/entitlements/access";
import { FLAGS } from "@/policies/entitlements/flag-registry";
import { limitsOfPlan, type Projection } from "@/policies/entitlements/projection";
import type { AddOn, Feature } from "@/policies/entitlements/words";
import bootstrap from "@/policies/generated/flags/bootstrap.json";
import { flagsBy, flagsStanding, flagStoreOf, whyClosed } from "@/server/entitlements";
import { parseEnv } from "@/server/platform/env";
import type { FlagStore } from "@/server/platform/unleash";
import { flagAdmin, type FlagAdmin } from "@/server/platform/unleash-admin";
import { type FlagServer, startFlagServer } from "./server";

const ENVIRONMENT = "production";
/** As the promise has it: within this time a change has arrived, at a refresh each second (milliseconds). */
const FOLLOWS_WITHIN = { timeout: 2_000, interval: 25 };
const NOW = new Date("2026-11-26T12:00:00Z");

let folder: string;
let postgres: EmbeddedPostgres;
let server: FlagServer;
let admin: FlagAdmin;
const stores: FlagStore[] = [];

const target = () => ({ url: server.url, token: server.adminToken, environment: ENVIRONMENT });
const restart = async () => (server = await startFlagServer({ databaseUrl: postgres.url, port: server.port }));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "conductor-unleash-"));
  const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  postgres = await startEmbeddedPostgres({ folder, password: "of tests", settings: careless });
  server = await startFlagServer({ databaseUrl: postgres.url });
  admin = flagAdmin(target());
  // The first start migrates a database; a machine under load takes its time.
}, 240_000);

afterAll(async () => {
  for (const store of stores) store.stop();
  await server.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The flags of a deployment with a home of its own, as its processes follow them. */
async function deployment(over: Record<string, string> = {}, home = path.join(folder, `home-${stores.length}`)) {
  const store = flagStoreOf(
    parseEnv({
      ...{ CONDUCTOR_SECRET: "x".repeat(40), CONDUCTOR_HOME: home, UNLEASH_URL: server.url },
      ...{ UNLEASH_API_TOKEN: server.clientToken(ENVIRONMENT), UNLEASH_ENVIRONMENT: ENVIRONMENT },
      ...{ UNLEASH_REFRESH_SECONDS: "1", ...over },
    }),
  );
  stores.push(store);
  await store.start();
  return { store, home, ...asked(store) };
}

function projection(plan: Projection["plan"], addOns: readonly AddOn[]): Projection {
  return {
    ...{ source: "stripe", plan, addOns, seats: 3, status: "active", statusSince: NOW, graceUntil: null },
    ...{ periodEnd: null, cancelAtPeriodEnd: false, endsAt: null, endedAt: null, catalogueVersion: 1 },
    ...{ limits: limitsOfPlan(plan ?? "standard", addOns, 0, 1), previous: null },
  };
}

/** What the gate says to a tenant of a plan: why a feature is closed, or that it is open. */
function asked(store: FlagStore) {
  const flags = flagsBy(store);
  return {
    gate: (feature: Feature, plan: Projection["plan"] = "pro", addOns: readonly AddOn[] = [], tenantId = "ten_1") => {
      const of = projection(plan, addOns);
      const standing = { projection: of, access: accessOf(of, NOW) };
      return whyClosed(standing, { tenantId, feature, use: "change" }, flags)?.why ?? "open";
    },
  };
}

describe("flags of the catalogue on a real server", () => {
  it("are not there at first: what is paid is closed, and readiness can say why", async () => {
    const { store, gate } = await deployment();
    expect(flagsStanding(store)).toMatchObject({ provider: "live", missing: FLAGS.length });
    expect(gate("sso")).toBe("held-back");
  });

  it("are planned, applied and verified, and a second time there is nothing to do", async () => {
    await admin.addFlag("checkout.other", "release", "Somebody else's");
    const { differences } = await settleFlags(target(), { apply: false });
    expect(differences).toContain("feature.sso: is missing");
    expect((await admin.read(FLAGS.map(({ name }) => name))).features).toEqual([]);
    expect((await settleFlags(target(), { apply: true })).differences).toEqual(differences);
    expect(await settleFlags(target(), { apply: true })).toEqual({
      ...{ environment: ENVIRONMENT, differences: [], killed: [] },
    });
    expect((await admin.read(["checkout.other"])).features).toHaveLength(1);
    await admin.removeFlag("checkout.other");
  });

  it("are answered to a client as the committed bootstrap has them, but for what is said of the answer", async () => {
    const answer = async () => {
      const headers = { authorization: server.clientToken(ENVIRONMENT) };
      return (await (await fetch(`${server.url}/client/features`, { headers })).json()) as Record<string, unknown>;
    };
    const { query, meta } = await answer();
    expect(query).toMatchObject({ environment: ENVIRONMENT });
    expect(meta).toMatchObject({ revisionId: expect.any(Number) as number });
    // It answers by what it knew up to a second ago.
    await expect.poll(async () => ({ ...(await answer()), query, meta })).toEqual({ ...bootstrap, query, meta });
  });

  it.each<[Feature, Projection["plan"], readonly AddOn[], string]>([
    ["sso", "pro", [], "open"],
    ["sso", "standard", [], "not-in-plan"],
    ["own-branding", "white-label", [], "open"],
    ["own-branding", "enterprise", [], "not-in-plan"],
    ["incident-automation", "standard", ["incident"], "open"],
    ["incident-automation", "standard", ["compliance"], "not-in-plan"],
    ["compliance-pack", "internal", [], "open"],
    ["custom-adapters", null, ["custom-adapters"], "open"],
  ])("decide %s for %s with %j: %s", async (feature, plan, addOns, expected) => {
    const { store, gate } = await deployment();
    expect(store.standing().provider).toBe("live");
    expect(gate(feature, plan, addOns)).toBe(expected);
  });
});

describe("a kill switch", () => {
  it("closes its feature within 2 s, that alone, under a higher revision, and opens it again", async () => {
    const { store, gate } = await deployment();
    expect(gate("sso")).toBe("open");
    const before = store.standing().revision ?? 0;
    await admin.turn("kill.sso", "on");
    await expect.poll(() => gate("sso"), FOLLOWS_WITHIN).toBe("held-back");
    expect(gate("own-policy")).toBe("open");
    expect(store.standing().revision).toBeGreaterThan(before);
    await admin.turn("kill.sso", "off");
    await expect.poll(() => gate("sso"), FOLLOWS_WITHIN).toBe("open");
  });

  it("stays on when flags are applied, and so do the rules that somebody gave it", async () => {
    const { gate } = await deployment();
    const [strategy] = (await admin.read(["kill.sso"])).featureStrategies;
    await admin.addStrategy("kill.sso", {
      ...{ name: "flexibleRollout", title: "One tenant", constraints: [only("tenantId", "IN", ["ten_2"])] },
      parameters: { groupId: "kill.sso", rollout: "100", stickiness: "tenantId" },
    });
    await admin.removeStrategy("kill.sso", strategy?.id ?? "");
    await admin.turn("kill.sso", "on");
    expect(await settleFlags(target(), { apply: true })).toMatchObject({ differences: [], killed: ["kill.sso"] });
    await expect.poll(() => gate("sso", "pro", [], "ten_2"), FOLLOWS_WITHIN).toBe("held-back");
    expect(gate("sso", "pro", [], "ten_1")).toBe("open");
    await admin.turn("kill.sso", "off");
  });
});

const only = (contextName: string, operator: string, values: string[]) => ({
  ...{ contextName, operator, values, inverted: false, caseInsensitive: false },
});

describe("a difference that somebody made", () => {
  it("is named by verify, and undone by apply", async () => {
    await admin.turn("feature.sso", "off");
    const [strategy] = (await admin.read(["feature.own-policy"])).featureStrategies;
    await admin.removeStrategy("feature.own-policy", strategy?.id ?? "");
    await admin.removeTag("feature.sso", "sku", "pro");
    const named = [
      "feature.own-policy: its strategies differ",
      "feature.sso: lacks the tag pro",
      "feature.sso: is off",
    ];
    expect((await settleFlags(target(), { apply: false })).differences).toEqual(named);
    const { gate } = await deployment();
    await expect.poll(() => gate("sso"), FOLLOWS_WITHIN).toBe("held-back");
    await settleFlags(target(), { apply: true });
    expect((await settleFlags(target(), { apply: false })).differences).toEqual([]);
    await expect.poll(() => gate("sso"), FOLLOWS_WITHIN).toBe("open");
  });

  it("is refused with the server's own words where it cannot be undone, and for a token that may not", async () => {
    await expect(settleFlags({ ...target(), environment: "staging" }, { apply: true })).rejects.toThrow(
      "The flag server has no environment staging. It has: development, production.",
    );
    const reader = { ...target(), token: server.clientToken(ENVIRONMENT) };
    await expect(settleFlags(reader, { apply: true })).rejects.toMatchObject({ name: "FlagServerError" });
  });
});

describe("a server that is gone", () => {
  it("leaves what it said last, in processes that run and in those that start, until it is back", async () => {
    await admin.turn("kill.own-policy", "on");
    const running = await deployment();
    const both = ({ gate }: Pick<typeof running, "gate">) => [gate("own-policy"), gate("sso")];
    await expect.poll(() => both(running), FOLLOWS_WITHIN).toEqual(["held-back", "open"]);
    const { revision } = running.store.standing();

    await server.stop();
    await expect.poll(() => running.store.standing().provider).toBe("backup");
    expect(both(running)).toEqual(["held-back", "open"]);

    // The file that the first one left.
    const later = await deployment({}, running.home);
    expect(later.store.standing()).toMatchObject({ provider: "backup", revision, problem: "it cannot be reached" });
    expect(both(later)).toEqual(["held-back", "open"]);

    // Without a file: the catalogue, which knows of no kill switch that is on.
    const first = await deployment();
    expect(first.store.standing()).toMatchObject({ provider: "bootstrap", revision: null });
    expect([first.gate("own-policy"), first.gate("sso"), first.gate("own-branding")]).toEqual([
      ...["open", "open", "not-in-plan"],
    ]);

    // And where that is not to decide: nobody.
    const strict = await deployment({ UNLEASH_BOOTSTRAP: "none" });
    expect(strict.store.standing().provider).toBe("none");
    expect(both(strict)).toEqual(["held-back", "held-back"]);

    await restart();
    for (const each of [running, later, first, strict]) {
      await expect.poll(() => each.store.standing().provider).toBe("live");
      expect(both(each)).toEqual(["held-back", "open"]);
    }
    await admin.turn("kill.own-policy", "off");
    await expect.poll(() => strict.gate("own-policy"), FOLLOWS_WITHIN).toBe("open");
  });

  it("is as one that refuses the token: what is known counts, and readiness can say why", async () => {
    const { store, gate } = await deployment({ UNLEASH_API_TOKEN: `*:${ENVIRONMENT}.wrong` });
    expect(store.standing()).toMatchObject({ provider: "bootstrap", problem: "it answers 401" });
    expect(gate("sso")).toBe("open");
    const strict = await deployment({ UNLEASH_API_TOKEN: `*:${ENVIRONMENT}.wrong`, UNLEASH_BOOTSTRAP: "none" });
    expect([strict.store.standing().provider, strict.gate("sso")]).toEqual(["none", "held-back"]);
  });

  it("is as one whose backup was damaged: the next in order counts", async () => {
    const { home } = await deployment();
    await writeFile(path.join(home, "flags.json"), "{");
    const { store } = await deployment({ UNLEASH_API_TOKEN: `*:${ENVIRONMENT}.wrong` }, home);
    expect(store.standing().provider).toBe("bootstrap");
  });
});
