import { spawn } from "node:child_process";
import path from "node:path";
import { ROOT } from "./local-state";

/** One thing that a check runs, by the name people see. */
export interface Stage {
  name: string;
  /** A command of node_modules/.bin and its arguments. */
  run: readonly [string, ...string[]];
  env?: Readonly<Record<string, string>>;
}

export interface StageResult {
  name: string;
  passed: boolean;
  seconds: number;
}

async function runStage({ name, run: [command, ...args], env }: Stage, isAlone: boolean): Promise<StageResult> {
  if (isAlone) process.stderr.write(`\n▸ ${name}\n`);
  const startedAt = performance.now();
  const child = spawn(path.join(ROOT, "node_modules", ".bin", command), args, {
    cwd: ROOT,
    stdio: ["ignore", isAlone ? "inherit" : "pipe", isAlone ? "inherit" : "pipe"],
    env: { ...process.env, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  const passed = await new Promise<boolean>((resolve) => {
    child.once("close", (code) => resolve(code === 0));
    child.once("error", () => resolve(false));
  });
  if (!isAlone) process.stderr.write(`\n▸ ${name}\n${output}`);
  return { name, passed, seconds: Math.round((performance.now() - startedAt) / 100) / 10 };
}

/**
 * Runs stages, all of them, at most `width` at a time, each one's output in one piece when more than one runs; prints
 * how each went.
 */
export async function runStages(stages: readonly Stage[], width = 1): Promise<StageResult[]> {
  const results: StageResult[] = [];
  const waiting = stages.entries();
  const work = async () => {
    for (const [place, stage] of waiting) results[place] = await runStage(stage, width === 1);
  };
  await Promise.all(Array.from({ length: width }, work));
  process.stderr.write("\n");
  for (const { name, passed, seconds } of results)
    process.stderr.write(`${passed ? "✓" : "✗"} ${name} (${seconds} s)\n`);
  return results;
}
