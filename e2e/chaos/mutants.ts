import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "./runs";

interface Edit {
  file: string;
  from: string;
  to: string;
}

interface Mutant {
  name: string;
  edits: readonly Edit[];
  /** The rule that has to see it. */
  seenBy: string;
}

const PERFORM = "server/runs/execution/perform-task.ts";
const STATE = "server/runs/execution/run-state.ts";
const COMMIT = "server/runs/execution/commit-progress.ts";
const CLAIM = "jobs/engine/claim-calls.ts";

/** Ways to break the product's sources; some take two edits, as either check alone would still hold. */
const MUTANTS: readonly Mutant[] = [
  {
    name: "a repeated step carries a new key",
    edits: [
      {
        file: PERFORM,
        from: "const idempotencyKey = `${state.runId}:${task.id}`;",
        to: "const idempotencyKey = `${state.runId}:${task.id}:${performance.now()}`;",
      },
    ],
    seenBy: "a repeat carries the key of the first request",
  },
  {
    name: "a dead worker's calls stay its own",
    edits: [
      {
        file: CLAIM,
        from: "(j.lease_until is null or j.lease_until < engine.clock())\n     returning",
        to: "j.lease_until is null\n     returning",
      },
    ],
    seenBy: "every run ends as it must",
  },
  {
    name: "a turn does not look at what was done before, and its commit fits anything",
    edits: [
      { file: STATE, from: "known: new Map(begun.map((task) => [task.stepId, task])),", to: "known: new Map()," },
      { file: COMMIT, from: "expect_rows((select count(*) from written), $23)", to: "expect_rows($23::int, $23)" },
    ],
    seenBy: "a finished step does not run again",
  },
  {
    name: "a killed run goes on",
    edits: [
      {
        file: COMMIT,
        from: "and id = $2 and status = $3 for no key update",
        to: "and id = $2 and $3::text is not null for no key update",
      },
      { file: COMMIT, from: "where (run_steps.status = 'running' and", to: "where (run_steps.status <> 'x' and" },
    ],
    seenBy: "no step begins once its run was killed",
  },
];

/** What the workers need of the sources. */
const ROOMS = ["db", "e2e/sandbox", "emails", "jobs", "policies", "server", "package.json", "tsconfig.json"];
const KILLS = 6;

export interface MutantOutcome {
  mutant: string;
  isSeen: boolean;
  /** Rules that were broken. */
  rules: string[];
  words: string;
}

async function outcomeOf(mutant: Mutant, { root, seed, say }: MutantOptions): Promise<MutantOutcome> {
  const copy = await mkdtemp(path.join(tmpdir(), "conductor-mutant-"));
  try {
    for (const room of ROOMS) await cp(path.join(root, room), path.join(copy, room), { recursive: true });
    await symlink(path.join(root, "node_modules"), path.join(copy, "node_modules"));
    for (const edit of mutant.edits) {
      const file = path.join(copy, edit.file);
      const source = await readFile(file, "utf8");
      if (!source.includes(edit.from)) throw new Error(`${edit.file} no longer holds what "${mutant.name}" replaces`);
      await writeFile(file, source.replace(edit.from, edit.to));
    }
    const { violations } = await run({ count: KILLS, seed, root: copy, say: () => undefined });
    const rules = [...new Set(violations.map(({ rule }) => rule))];
    const isSeen = rules.includes(mutant.seenBy);
    const firsts = rules
      .map((rule) => violations.find((each) => each.rule === rule))
      .filter((each) => each !== undefined);
    const broken = firsts.map(({ rule, words: first }) => `${rule}: ${first}`).join("; ") || "nothing was broken";
    const words = `${isSeen ? "✓ seen" : "✗ not seen"}: ${mutant.name} (${broken})`;
    say(words);
    return { mutant: mutant.name, isSeen, rules, words };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

export interface MutantOptions {
  root: string;
  seed: number;
  say: (line: string) => void;
}

/** Breaks the product in each known way, one after the other, and says whether the oracle saw it. */
export async function runMutants(options: MutantOptions): Promise<MutantOutcome[]> {
  const outcomes: MutantOutcome[] = [];
  for (const mutant of MUTANTS) outcomes.push(await outcomeOf(mutant, options));
  return outcomes;
}
