import { existsSync } from "node:fs";
import path from "node:path";
import type { Report } from "@/e2e/load/report";
import { ROOT } from "./local-state";

/** Runs one benchmark of `e2e/load` and prints its report; exit code 1 when the machine was too busy for it to count. */
export async function bench(name: string, { json, scale }: { json: boolean; scale: number }): Promise<number> {
  const file = path.join(ROOT, "e2e", "load", `${name}.ts`);
  if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
    process.stderr.write(`There is no benchmark ${name}. See e2e/load.\n`);
    return 2;
  }
  const { run } = (await import(file)) as { run: (options: { scale: number }) => Promise<Report> };
  const { reportText } = await import("@/e2e/load/report");
  const report = await run({ scale });
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : reportText(report));
  return report.void ? 1 : 0;
}
