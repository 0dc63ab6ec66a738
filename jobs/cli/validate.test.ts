import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { twoStepDefinition } from "@/server/testing/definitions";
import { acceptableDefinition } from "@/server/workflows/acceptable-definition";
import { readDefinitions } from "./definition-files";
import { ROOT } from "./local-state";
import { validate } from "./validate";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "conductor-validate-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const definition = twoStepDefinition();
const asJson = JSON.stringify(definition);
const calling = (url: string) => twoStepDefinition({ input: {}, steps: [{ id: "a", type: "http", request: { url } }] });

/** A folder with these files, by name. */
async function folderOf(name: string, files: Record<string, string>): Promise<string> {
  const made = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(made, file)), { recursive: true });
    await writeFile(path.join(made, file), text);
  }
  return made;
}

interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command as somebody runs it, in a folder of their own and with an empty environment. */
async function conductor(cwd: string, args: string[], env: Record<string, string> = {}): Promise<Answer> {
  const command = path.join(ROOT, "jobs", "cli", "conductor.mjs");
  return new Promise((resolve) => {
    const options = { cwd, env: { NODE_ENV: "test" as const, ...env } };
    execFile(process.execPath, [command, "validate", ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

describe("conductor validate", () => {
  it("accepts what saving accepts and tells its hash, its secrets and what only a deployment knows", async () => {
    const sent = calling("https://a.example.test/?key={{ secrets.API_KEY }}");
    const cwd = await folderOf("good", { "one.json": JSON.stringify(sent) });
    const { code, stdout, stderr } = await conductor(cwd, ["one.json", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { contentHash } = acceptableDefinition(sent, "orders");
    const accepted = { file: "one.json", at: "", name: "Sync orders", contentHash };
    expect(JSON.parse(stdout)).toMatchObject({
      valid: true,
      faults: [],
      definitions: [{ ...accepted, secrets: ["API_KEY"], adapters: [], hosts: ["a.example.test"] }],
      notChecked: [
        expect.stringContaining("API_KEY"),
        expect.stringContaining("a.example.test"),
        expect.stringContaining("who may author"),
      ],
    });
    const words = await conductor(cwd, ["one.json"]);
    expect(words.stdout).toContain(`one.json: Sync orders, ${contentHash}\n1 definition accepted, 0 faults.\n`);
    expect(words.stdout).toContain("Not checked offline: whether these secrets exist");
  });

  it("reads modules of every kind, lists, and folders, but for what others put there", async () => {
    const [module, common] = [`export default ${asJson};`, `module.exports = ${asJson};`];
    const cwd = await folderOf("kinds", {
      "typed.workflow.ts": `import { defineWorkflow, inputs } from "maestro-conductor/workflow";
        setInterval(() => {}, 1000);
        const input = inputs({ order: { type: "string" } });
        type Steps = Parameters<typeof defineWorkflow>[0]["steps"];
        const steps: Steps = ${JSON.stringify(definition.steps)};
        export default defineWorkflow({ ...${asJson}, input, steps } as never);`,
      "inner/module.workflow.mjs": module,
      "inner/typed.workflow.mts": module,
      "inner/common.workflow.cjs": common,
      "inner/plain.workflow.js": common,
      "inner/named.workflow.ts": `export const first = ${asJson}; export const both = [first, ${asJson}];
        export const url = "https://a.example.test"; export default first;`,
      "inner/list.workflow.json": `[${asJson},${asJson}]`,
      "inner/other.json": "not ours",
      "node_modules/theirs/a.workflow.json": "{}",
      ".hidden/a.workflow.json": "{}",
    });
    // As `npm install <folder of the checkout>` leaves it.
    await symlink(ROOT, path.join(cwd, "node_modules", "maestro-conductor"));
    const { code, stdout } = await conductor(cwd, [".", "typed.workflow.ts", "--json"]);
    const report = JSON.parse(stdout) as { faults: unknown[]; definitions: { file: string; at: string }[] };
    expect(report.faults).toEqual([]);
    expect(code).toBe(0);
    expect(report.definitions.map(({ file, at }) => [file, at].join(":"))).toEqual([
      "inner/common.workflow.cjs:",
      "inner/list.workflow.json:0",
      "inner/list.workflow.json:1",
      "inner/module.workflow.mjs:",
      "inner/named.workflow.ts:both.0",
      "inner/named.workflow.ts:both.1",
      "inner/named.workflow.ts:",
      "inner/plain.workflow.js:",
      "inner/typed.workflow.mts:",
      "typed.workflow.ts:",
    ]);
  });

  it("refuses each fault with its file and path, and keeps stdout to itself", async () => {
    const faulty = twoStepDefinition({ steps: [{ id: "a", type: "wait", seconds: 1, next: "b" }] });
    const cwd = await folderOf("faulty", {
      "a-dangling.workflow.json": JSON.stringify(faulty),
      "b-second.workflow.json": `[${asJson},${JSON.stringify(faulty)}]`,
      "c-broken.workflow.json": "{",
      "d-empty.workflow.json": "[]",
      "e-throws.workflow.ts": "throw new Error('no such\\nluck')",
      "f-syntax.workflow.ts": "export default {",
      "g-exits.workflow.ts": "process.exit(0); export default {}",
      "h-speaks.workflow.ts": `console.log("loud"); export const x = 1;`,
      "i-function.workflow.ts": "export default () => ({})",
      "j-cycle.workflow.ts": "const a: { a?: unknown } = {}; a.a = a; export default a;",
      "k-lost.workflow.ts": `export { ref } from "maestro-conductor/workflow";`,
      "l-named.workflow.ts": `export const mine = ${JSON.stringify(faulty)};`,
      "m-control.workflow.json": JSON.stringify(twoStepDefinition({ "a\n::error\u001b[2J": 1 })),
      "n-schema.workflow.json": JSON.stringify({ $schema: "x", ...definition }),
      "o-link.workflow.json/p.txt": "",
    });
    await symlink("nowhere", path.join(cwd, "q-gone.workflow.json"));
    const { code, stdout, stderr } = await conductor(cwd, [
      ".",
      "nowhere",
      "o-link.workflow.json",
      "o-link.workflow.json/p.txt",
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe("loud\n");
    const lines = stdout.trimEnd().split("\n");
    for (const [nth, expected] of [
      "nowhere: there is no such file or folder",
      "o-link.workflow.json: the folder holds no *.workflow",
      "o-link.workflow.json/p.txt: is neither .json nor .ts",
      "a-dangling.workflow.json:steps.0.next: there is no step b",
      "b-second.workflow.json:1.steps.0.next: there is no step b",
      "c-broken.workflow.json: is not JSON: ",
      "d-empty.workflow.json: holds no definition",
      "e-throws.workflow.ts: cannot be loaded: no such luck",
      "f-syntax.workflow.ts: cannot be loaded: ",
      "g-exits.workflow.ts: cannot be loaded: it calls process.exit",
      "h-speaks.workflow.ts: holds no definition",
      "i-function.workflow.ts: it is not JSON, but function",
      "j-cycle.workflow.ts: it is not JSON: ",
      "k-lost.workflow.ts: cannot be loaded: ",
      "l-named.workflow.ts:mine.steps.0.next: there is no step b",
      'm-control.workflow.json: Unrecognized key: "a ::error [2J"',
      'n-schema.workflow.json: Unrecognized key: "$schema"',
      "q-gone.workflow.json: cannot be read: ENOENT",
      "b-second.workflow.json:0: Sync orders, sha256:",
      "1 definition accepted, 18 faults.",
    ].entries())
      expect(lines[nth]).toContain(expected);
    expect(stdout).toContain("link it there with: npm install");
    expect(stdout).not.toContain("loud");
  });

  it("refuses a private target unless the deployment's list, from the option or the environment, allows it", async () => {
    const cwd = await folderOf("egress", { "a.json": JSON.stringify(calling("http://10.1.2.3:8080/x")) });
    const refused = await conductor(cwd, ["a.json"]);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("a.json:steps.0.request.url: 10.1.2.3:8080 is not on the public internet");
    expect(await conductor(cwd, ["a.json"], { EGRESS_ALLOW: "10.0.0.0/8" })).toMatchObject({ code: 0 });
    const option = ["a.json", "--egress-allow", "192.168.0.0/16"];
    expect(await conductor(cwd, option, { EGRESS_ALLOW: "10.0.0.0/8" })).toMatchObject({ code: 1 });
  });

  it.each<[string, string[], string]>([
    ["nothing to check", [], "Name the files or folders"],
    ["files beside --schema", ["a.json", "--schema"], "Name the files or folders"],
    ["an option that there is none of", ["a.json", "--fix"], "unknown option"],
    ["a list of targets that is none", ["a.json", "--egress-allow", "::nonsense"], "What egress allows"],
  ])("answers %s as wrong usage", async (_what, args, words) => {
    const { code, stdout, stderr } = await conductor(folder, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });

  it("prints the schema that editors complete by", async () => {
    const { code, stdout } = await conductor(folder, ["--schema"]);
    expect(code).toBe(0);
    const schema = JSON.parse(stdout) as { required: string[]; properties: { steps: { items: { oneOf: unknown[] } } } };
    expect(schema.required).toEqual(["name", "attributes", "steps"]);
    expect(schema.properties.steps.items.oneOf.length).toBeGreaterThanOrEqual(8);
  });

  it("has help with an example", async () => {
    expect((await conductor(folder, ["--help"])).stdout).toContain("Example:\n  npx conductor validate");
  });
});

describe("validate", () => {
  it.each([
    ["http://localhost:3000/", "localhost:3000"],
    ["http://api.localhost./", "api.localhost.:80"],
    ["https://[::1]/", "::1:443"],
    ["http://0x7f.1/", "127.0.0.1:80"],
    ["http://169.254.169.254/latest/meta-data", "169.254.169.254:80"],
  ])("refuses %s, however it is written", async (url, told) => {
    const cwd = await folderOf("addresses", { "a.json": JSON.stringify(calling(url)) });
    const { faults } = await validate([path.join(cwd, "a.json")], []);
    expect(faults).toMatchObject([{ path: "steps.0.request.url", message: expect.stringContaining(told) as string }]);
  });

  it("refuses the size that saving refuses, and takes what it takes", async () => {
    const sized = (length: number) => {
      const steps = Array.from({ length: 60 }, (_, nth) => ({
        ...{ id: `s${nth}`, type: "notify", to: "a@example.test", subject: "x", text: "x".repeat(length) },
        ...(nth < 59 ? { next: `s${nth + 1}` } : {}),
      }));
      return twoStepDefinition({ steps });
    };
    const cwd = await folderOf("sizes", {
      "large.json": JSON.stringify(sized(9_000)),
      "fits.json": JSON.stringify(sized(8_000)),
    });
    expect(() => acceptableDefinition(sized(9_000), "orders")).toThrow(/larger than 512 KiB/);
    expect(acceptableDefinition(sized(8_000), "orders").definition.steps).toHaveLength(60);
    const { faults, definitions } = await validate([path.join(cwd, "large.json"), path.join(cwd, "fits.json")], []);
    expect(faults).toMatchObject([{ path: "", message: "is larger than 512 KiB" }]);
    expect(definitions).toHaveLength(1);
  });

  it("gives up on a module that never finishes loading", async () => {
    const cwd = await folderOf("slow", { "a.mjs": "await new Promise(() => {}); export default {}" });
    await expect(readDefinitions(path.join(cwd, "a.mjs"), 50)).rejects.toThrow(/takes longer than 50 ms/);
  });
});

describe("docs/examples/workflows", () => {
  it("holds definitions that a deployment would save", async () => {
    const { code, stdout } = await conductor(ROOT, ["docs/examples/workflows", "--json"]);
    const { faults, definitions } = JSON.parse(stdout) as { faults: unknown[]; definitions: unknown[] };
    expect(faults).toEqual([]);
    expect(definitions).toHaveLength(3);
    expect(code).toBe(0);
  });
});
