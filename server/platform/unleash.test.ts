import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FlagState } from "./flag-state";
import { createFlagStore, type FlagServerSettings, type FlagStore } from "./unleash";

const TOKEN = "*:production.secret";

/** One flag that is on, or off, in the state of that number. */
const state = (revisionId: number, enabled = true): FlagState => ({
  features: [{ name: "kill.sso", enabled, strategies: [] }],
  meta: { revisionId },
});
const bootstrap: FlagState = { features: [{ name: "kill.sso", enabled: false, strategies: [] }] };

interface Said {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

let server: Server;
let said: Said;
let asked: IncomingMessage[];
let folder: string;
let url: string;
const started: FlagStore[] = [];

beforeEach(async () => {
  [said, asked] = [{ status: 200, body: state(7) }, []];
  server = createServer((request, response) => {
    asked.push(request);
    const isKnown = said.headers?.etag !== undefined && request.headers["if-none-match"] === said.headers.etag;
    response.writeHead(isKnown ? 304 : said.status, { "content-type": "application/json", ...said.headers });
    response.end(isKnown ? undefined : typeof said.body === "string" ? said.body : JSON.stringify(said.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  folder = await mkdtemp(path.join(tmpdir(), "conductor-flags-"));
});

afterEach(async () => {
  for (const store of started.splice(0)) store.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const backupFile = () => path.join(folder, "home", "flags.json");
const settings = (over: Partial<FlagServerSettings> = {}): FlagServerSettings => ({
  ...{ url, token: TOKEN, environment: "production", refreshMs: 20, backupFile: backupFile(), ...over },
});
function store(over: Partial<FlagServerSettings> = {}, builtIn: FlagState | null = bootstrap): FlagStore {
  const made = createFlagStore({ server: settings(over), bootstrap: builtIn, environment: "production" });
  started.push(made);
  return made;
}
const isOn = (of: FlagStore) => of.isEnabled("kill.sso", {});
const kept = async () => JSON.parse(await readFile(backupFile(), "utf8")) as unknown;

describe("the order of those who decide", () => {
  it("is what is built in where no server is configured, and nobody is asked", async () => {
    const alone = createFlagStore({ server: null, bootstrap, environment: "production" });
    await alone.start();
    expect(alone.standing()).toEqual({ provider: "bootstrap", revision: null, isConfigured: false, problem: null });
    expect([isOn(alone), alone.has("kill.sso"), alone.has("kill.other")]).toEqual([false, true, false]);
  });

  it("is the server before all, by its own words and number, asked with its token", async () => {
    const flags = store();
    expect([flags.standing().provider, isOn(flags)]).toEqual(["bootstrap", false]);
    await flags.start();
    expect(flags.standing()).toEqual({ provider: "live", revision: 7, isConfigured: true, problem: null });
    expect(isOn(flags)).toBe(true);
    expect(asked[0]?.url).toBe("/api/client/features");
    expect(asked[0]?.headers.authorization).toBe(TOKEN);
  });

  it("is what the server said last where it does not answer at a start, from the first question on", async () => {
    await store().start();
    expect(await kept()).toMatchObject({ environment: "production", state: { meta: { revisionId: 7 } } });
    const later = store({ url: "http://127.0.0.1:9/api", refreshMs: 60_000 });
    // Another address is another server, whose flags these are not.
    expect(later.standing().provider).toBe("bootstrap");
    said = { status: 503, body: {} };
    const same = store();
    expect([same.standing().provider, same.standing().revision, isOn(same)]).toEqual(["backup", 7, true]);
    await same.start();
    expect(same.standing()).toEqual({ provider: "backup", revision: 7, isConfigured: true, problem: "it answers 503" });
  });

  it("is what is built in where the server never answered, or what was kept is another environment's", async () => {
    await store().start();
    expect(store({ environment: "staging" }).standing().provider).toBe("bootstrap");
  });

  it("is nobody where nothing is built in: every flag is off", async () => {
    said = { status: 503, body: {} };
    const flags = store({}, null);
    await flags.start();
    expect(flags.standing()).toMatchObject({ provider: "none", revision: null });
    expect([flags.has("kill.sso"), flags.isEnabled("feature.sso", {})]).toEqual([false, false]);
  });
});

describe("a server that answered", () => {
  it("is followed: its next state counts as soon as it is asked again", async () => {
    const flags = store();
    await flags.start();
    said = { status: 200, body: state(8, false) };
    await expect.poll(() => isOn(flags)).toBe(false);
    expect(flags.standing()).toMatchObject({ provider: "live", revision: 8 });
  });

  it("is asked only for what is new, and still answers when nothing is", async () => {
    said = { status: 200, body: state(7), headers: { etag: '"abc:7"' } };
    const flags = store();
    await flags.start();
    await expect
      .poll(() => asked.filter(({ headers }) => headers["if-none-match"] === '"abc:7"').length)
      .toBeGreaterThan(1);
    expect(flags.standing()).toMatchObject({ provider: "live", revision: 7 });
  });

  it.each<[string, Said, string]>([
    ["refuses the token", { status: 401, body: {} }, "it answers 401"],
    ["is overloaded", { status: 429, body: {} }, "it answers 429"],
    ["has no such page", { status: 404, body: "not here" }, "it answers 404"],
    ["sends a page of a proxy", { status: 200, body: "<html>" }, "it answers something that is no state of flags"],
    [
      "sends something else",
      { status: 200, body: { features: "all" } },
      "it answers something that is no state of flags",
    ],
    [
      "sends flags that are none",
      { status: 200, body: { features: [{ name: "kill.sso" }] } },
      "it answers something that is no state of flags",
    ],
    ["sends us elsewhere", { status: 302, body: "", headers: { location: "/elsewhere" } }, "it cannot be reached"],
  ])("holds by what it said last while it %s, and is live again once it answers", async (_what, answer, problem) => {
    const flags = store();
    await flags.start();
    said = answer;
    await expect.poll(() => flags.standing().provider).toBe("backup");
    expect(flags.standing().problem).toContain(problem);
    expect([isOn(flags), flags.standing().revision]).toEqual([true, 7]);
    expect(asked.some(({ url: of }) => of === "/elsewhere")).toBe(false);
    said = { status: 200, body: state(9, false) };
    await expect.poll(() => flags.standing()).toMatchObject({ provider: "live", revision: 9, problem: null });
    expect(isOn(flags)).toBe(false);
  });

  it("is not asked any more after the end, and again after another start", async () => {
    const flags = store();
    await flags.start();
    flags.stop();
    const count = asked.length;
    await flags.start();
    await expect.poll(() => asked.length).toBeGreaterThan(count + 1);
  });
});

describe("what is kept", () => {
  it("is one whole file, which nobody else may read", async () => {
    await Promise.all([store().start(), store().start(), store().start()]);
    for (const each of started) each.stop();
    await expect.poll(() => readdir(path.join(folder, "home"))).toEqual(["flags.json"]);
    expect((await stat(backupFile())).mode & 0o777).toBe(0o600);
  });

  it.each(["", "{", "[]", '{"url":"here"}'])("is as none where the file holds %j", async (text) => {
    await store({ refreshMs: 60_000 }).start();
    await writeFile(backupFile(), text);
    expect(store().standing().provider).toBe("bootstrap");
  });

  it("costs nothing else where it cannot be kept", async () => {
    await writeFile(path.join(folder, "home"), "a file where the folder should be");
    const flags = store();
    await flags.start();
    expect(flags.standing().provider).toBe("live");
  });
});

it("keeps no process alive that has nothing else to do", async () => {
  const program = `
    const { createFlagStore } = await import("@/server/platform/unleash");
    const store = createFlagStore({ server: ${JSON.stringify(settings({ refreshMs: 600_000 }))}, bootstrap: null, environment: "production" });
    await store.start();
    process.stdout.write(store.standing().provider);
  `;
  const file = path.join(import.meta.dirname, "..", "..", "node_modules", ".bin", "tsx");
  // It ends by itself, and long before the next question is due, or this rejects.
  const { stdout } = await promisify(execFile)(file, ["--input-type=module", "-e", program], { timeout: 50_000 });
  expect(stdout).toBe("live");
});
