import { randomInt } from "node:crypto";
import { buildIfStale } from "./build";
import { ROOT } from "./local-state";
import { runMutants } from "@/e2e/chaos/mutants";
import { chaosText } from "@/e2e/chaos/report";
import { SCENARIOS } from "@/e2e/chaos/scenarios";

export interface ChaosAsked {
  /** Of what the scenario counts; without, its full length. */
  count?: number | undefined;
  seed?: number;
  mutants: boolean;
  json: boolean;
}

/**
 * Disturbs a system at work and prints whether it kept what it promised; with `mutants`, whether the oracle sees that a
 * broken one did not. Exit code 1 when something was not kept, or not seen.
 */
export async function chaos(
  name: string,
  { count, seed = randomInt(1, 1_000_000), mutants, json }: ChaosAsked,
): Promise<number> {
  const scenario = SCENARIOS[name];
  if (scenario === undefined) {
    process.stderr.write(`There is nothing called ${name} to disturb: ${Object.keys(SCENARIOS).join(", ")}.\n`);
    return 2;
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const say = (line: string) => void process.stderr.write(`· ${line}\n`);
  if (mutants) {
    const outcomes = await runMutants({ root: ROOT, seed, say });
    process.stdout.write(json ? `${JSON.stringify(outcomes)}\n` : outcomes.map(({ words }) => `${words}\n`).join(""));
    return outcomes.every(({ isSeen }) => isSeen) ? 0 : 1;
  }
  const asked = count ?? scenario.full;
  say(`${name}: ${asked} ${scenario.unit}, seed ${seed}`);
  if (scenario.isBuilt === true) buildIfStale(say);
  const { run } = await scenario.load();
  const report = await run({ count: asked, seed, say });
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : chaosText(report));
  return report.violations.length === 0 ? 0 : 1;
}
