import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded";
import { settleFlags } from "@/jobs/cli/flags";
import { FLAGS } from "@/policies/entitlements/flag-registry";
import type { SkuId } from "@/policies/entitlements/schema";
import type { AddOn, Feature } from "@/policies/entitlements/words";
import bootstrap from "@/policies/generated/flags/bootstrap.json";
import { flagsStanding } from "@/server/entitlements";
import type { FlagStore } from "@/server/platform/unleash";
import { flagAdmin, type FlagAdmin } from "@/server/platform/unleash-admin";
import { startDeployment } from "./deployment";
import { type FlagServer, startFlagServer } from "./server";

const ENVIRONMENT = "production";
/** As the promise has it: within this time a change has arrived, at a refresh each second (milliseconds). */
const FOLLOWS_WITHIN = { timeout: 2_000, interval: 25 };
const COMMAND = path.join(import.meta.dirname, "..", "..", "jobs", "cli", "conductor.mjs");

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

/** A deployment that follows the server, with a home of its own if no other is named. */
async function deployment(over: Record<string, string> = {}, home = path.join(folder, `home-${stores.length}`)) {
  const settings = { UNLEASH_URL: server.url, UNLEASH_API_TOKEN: server.clientToken(ENVIRONMENT), ...over };
  const made = await startDeployment({ UNLEASH_ENVIRONMENT: ENVIRONMENT, CONDUCTOR_HOME: home, ...settings });
  stores.push(made.store);
  return { ...made, home };
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
    const ours = async () => {
      const { features, version } = await answer();
      return { version, features: (features as { name: string }[]).filter(({ name }) => name !== "checkout.other") };
    };
    await expect.poll(ours).toEqual(bootstrap);
  });

  it.each<[Feature, SkuId | null, readonly AddOn[], string]>([
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
    await admin.addParent("feature.access-reviews", "checkout.other");
    for (const archived of ["feature.public-api", "kill.access-reviews"]) await admin.archive(archived);
    const named = [
      "feature.access-reviews: depends on other flags",
      "feature.own-policy: its strategies differ",
      ...["feature.public-api: is in the archive", "feature.public-api: is off"],
      ...["feature.sso: lacks the tag pro", "feature.sso: is off"],
      "kill.access-reviews: is in the archive",
    ];
    expect((await settleFlags(target(), { apply: false })).differences).toEqual(named);
    const { gate } = await deployment();
    const all = () => (["sso", "own-policy", "access-reviews", "public-api"] as const).map((feature) => gate(feature));
    await expect.poll(all, FOLLOWS_WITHIN).toEqual(["held-back", "held-back", "held-back", "held-back"]);
    await settleFlags(target(), { apply: true });
    expect((await settleFlags(target(), { apply: false })).differences).toEqual([]);
    await expect.poll(all, FOLLOWS_WITHIN).toEqual(["open", "open", "open", "open"]);
  });

  it("is what the command line tells by its exit code, naming each and no token", async () => {
    const run = async (what: string, over: Record<string, string> = {}) => {
      const env = {
        ...process.env,
        ...{ CONDUCTOR_HOME: path.join(folder, "cli"), CONDUCTOR_SECRET: "x".repeat(40) },
        ...{ UNLEASH_URL: server.url, UNLEASH_API_TOKEN: server.clientToken(ENVIRONMENT) },
        ...{ UNLEASH_ADMIN_TOKEN: server.adminToken, ...over },
      };
      const done = await promisify(execFile)(process.execPath, [COMMAND, "flags", what, "--json"], { env }).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        // What ends with another code is rejected, with what it printed.
        (error: unknown) => error as { code: number; stdout: string; stderr: string },
      );
      expect(done.stdout + done.stderr).not.toContain(server.adminToken);
      return { code: done.code, said: done.stdout === "" ? done.stderr : (JSON.parse(done.stdout) as unknown) };
    };
    expect(await run("verify")).toEqual({ code: 0, said: { environment: ENVIRONMENT, differences: [], killed: [] } });
    await admin.turn("feature.sso", "off");
    const different = { environment: ENVIRONMENT, differences: ["feature.sso: is off"], killed: [] };
    expect(await run("verify")).toEqual({ code: 1, said: different });
    expect(await run("plan")).toEqual({ code: 0, said: different });
    expect(await run("apply")).toEqual({ code: 0, said: different });
    expect(await run("verify")).toMatchObject({ code: 0, said: { differences: [] } });
    expect(await run("verify", { UNLEASH_ADMIN_TOKEN: "" })).toEqual({
      ...{ code: 2, said: "UNLEASH_URL and UNLEASH_ADMIN_TOKEN say which flag server, and are needed.\n" },
    });
    expect(await run("verify", { UNLEASH_URL: "http://127.0.0.1:9/api" })).toEqual({
      ...{ code: 1, said: "The flag server at 127.0.0.1:9 cannot be reached.\n" },
    });
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
