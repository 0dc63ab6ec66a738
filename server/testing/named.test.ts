import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { program } from "@/jobs/cli/program";
import { answersAt, callFault, codeOf, conductorCalls } from "./named";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
const found = (pattern: string) => globSync(pattern, { cwd: ROOT }).sort();

const TEXTS = [
  ...found("docs/{guides,runbooks,features,reference}/*.md"),
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md"],
].map((file) => [file, read(file)] as const);

const ROUTES = found("app/**/{page.tsx,route.ts}");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

describe("what documentation names", () => {
  it.each(TEXTS)("%s: commands of conductor are there, with their options and arguments", (_, text) => {
    const faults = conductorCalls(text).map((words) => [words.join(" "), callFault(program, words)]);
    expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
  });

  it.each(TEXTS)("%s: scripts are there", (_, text) => {
    const named = [...text.matchAll(/npm run (?:-s )?([a-z][a-z:]*)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(TEXTS)("%s: files are there", (_, text) => {
    const named = codeOf(text).filter((code) => /^(app|server|db|policies|jobs|emails|e2e|docs)\/[^ ]*$/.test(code));
    const missing = named.filter(
      (file) => found(file.replaceAll(/<[^>]+>/g, "*").replaceAll(/[[\]]/g, "?")).length === 0,
    );
    expect(missing).toEqual([]);
  });

  it.each(TEXTS)("%s: pages and addresses answer", (_, text) => {
    const named = codeOf(text)
      .map((code) => code.replace(/^(GET|POST) /, ""))
      .filter((code) => /^\/(api|t|docs|pricing|trust|status|outbox)(\/[^ ]*|\/<[^>]+>.*)?$/.test(code));
    expect(named.filter((address) => !answersAt(address, ROUTES))).toEqual([]);
  });
});

it.each([
  ["drift accept --tenant acme --key <key> --reason 'as it is'", null],
  ["slo compile --format prometheus --out rules", null],
  ["flags", null],
  ["drift --fix", "drift has no option --fix"],
  ["slo mend", "slo knows no mend"],
  ["audit --tenant", "--tenant takes a value"],
  ["drif", "conductor knows no drif"],
])("of `npx conductor %s` it says %s", (call, fault) => {
  expect(conductorCalls(`Run \`npx conductor ${call}\`.`).map((words) => callFault(program, words))).toEqual([fault]);
});

it("reads calls that go on in the next line, and ends them where output goes", () => {
  const block = "```sh\nnpx conductor slo import a.yaml \\\n  --edition saas > b.yaml # and a comment\n```\n";
  expect(conductorCalls(block)).toEqual([["slo", "import", "a.yaml", "--edition", "saas"]]);
});

it.each([
  ["/trust/<slug>", true],
  ["/api/ready", true],
  ["/t/<tenant>/slos", true],
  ["/t/<tenant>/unheard-of", false],
  ["/api/unheard-of", false],
])("an address %s answers: %s", (address, answers) => {
  expect(
    answersAt(
      address,
      ROUTES.filter((file) => !file.includes("[...rest]")),
    ),
  ).toBe(answers);
});
