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

async function runStage({ name, run: [command, ...args], env }: Stage): Promise<StageResult> {
  process.stderr.write(`\n▸ ${name}\n`);
  const startedAt = performance.now();
  const child = spawn(path.join(ROOT, "node_modules", ".bin", command), args, {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  const passed = await new Promise<boolean>((resolve) => {
    child.once("exit", (code) => resolve(code === 0));
    child.once("error", () => resolve(false));
  });
  return { name, passed, seconds: Math.round((performance.now() - startedAt) / 100) / 10 };
}

/** Runs stages one after the other, all of them, and prints how each went. */
export async function runStages(stages: readonly Stage[]): Promise<StageResult[]> {
  const results: StageResult[] = [];
  for (const stage of stages) results.push(await runStage(stage));
  process.stderr.write("\n");
  for (const { name, passed, seconds } of results)
    process.stderr.write(`${passed ? "✓" : "✗"} ${name} (${seconds} s)\n`);
  return results;
}
