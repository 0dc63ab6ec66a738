import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { slosOf } from "@/policies/slos";
import { compile } from "@/policies/slos/compile";
import { EDITIONS } from "@/server/slos/domain/slo";
import { ROOT } from "./local-state";

type Settings = Readonly<Record<string, string | undefined>>;

/** Prometheus' own checker as PROMTOOL_BIN names it, else as PATH finds it; null where there is none. */
export function findPromtool({ PROMTOOL_BIN: named, PATH: searched = "" }: Settings): string | null {
  if (named !== undefined && named !== "") return named;
  const folder = searched.split(path.delimiter).find((one) => existsSync(path.join(one, "promtool")));
  return folder === undefined ? null : path.join(folder, "promtool");
}

interface Outcome {
  name: string;
  passed: boolean;
  said: string;
}

/** Runs promtool there; with `refusal` it has to fail, and to say so in these words. */
function drive(program: string, folder: string, name: string, args: readonly string[], refusal?: RegExp): Outcome {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  const said = error?.message ?? `${stdout}${stderr}`.trim();
  return { name, passed: refusal === undefined ? status === 0 : status !== 0 && refusal.test(said), said };
}

/** The same rules with one alert that fires a hundred times too late, to see that the tests notice. */
function withFault(file: string): void {
  const text = readFileSync(file, "utf8");
  const broken = text.replaceAll("> 0.0144", "> 1.44");
  if (broken === text) throw new Error(`${file} has no bound of 0.0144 to change`);
  writeFileSync(file, broken);
}

/** Proves that Prometheus reads the rules of all editions, and that they come to what is expected. Exit code 1 if not. */
export function promtoolConformance(settings: Settings = process.env): number {
  const program = findPromtool(settings);
  if (program === null) {
    process.stderr.write(
      "– promtool on the rules of SLOs: skipped, as it is not installed (Debian: apt-get install prometheus) and PROMTOOL_BIN names none\n",
    );
    return 0;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "conductor-promtool-"));
  try {
    const rules = compile("prometheus", EDITIONS.map(slosOf));
    for (const { name, text } of rules) writeFileSync(path.join(folder, name), text);
    const tests = path.join(ROOT, "e2e", "promtool");
    for (const name of readdirSync(tests)) copyFileSync(path.join(tests, name), path.join(folder, name));
    const outcomes = [
      ...rules.map(({ name }) => drive(program, folder, `${name} is read`, ["check", "rules", name])),
      ...readdirSync(tests).map((name) =>
        drive(program, folder, `${name} comes to what it says`, ["test", "rules", name]),
      ),
    ];
    withFault(path.join(folder, "conductor-slo-saas.rules.yaml"));
    outcomes.push(
      drive(program, folder, "a wrong bound is seen", ["test", "rules", "saas-outage.yaml"], /ConductorSloPageQuick/),
    );
    for (const { name, passed, said } of outcomes)
      process.stderr.write(`${passed ? "✓" : "✗"} promtool, ${name}${passed ? "" : `: ${said}`}\n`);
    return outcomes.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
