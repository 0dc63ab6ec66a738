import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { judgeMutants, misjudged } from "@/server/bundles/testing/judge-mutants";
import { hasEmptyNetwork } from "@/server/bundles/testing/verifiers";
import { rounded } from "../load/report";
import type { Asked } from "./ground";
import type { ChaosReport } from "./report";

/** Bits that are turned in an honest bundle, one for each mutant; with those made by hand it comes to more than 300. */
const BITS = 230;

/** Shows mutants of sealed bundles to all three verifiers: none may be accepted, and all have to say the same. */
export async function run({ count, seed, say }: Asked): Promise<ChaosReport> {
  if (!hasEmptyNetwork) say("unshare -rn does not work here: verifiers run with a network");
  const begun = performance.now();
  const [violations, faults]: [ChaosReport["violations"], Record<string, number>] = [[], {}];
  let shown = 0;
  for (let nth = seed; nth < seed + count; nth += 1) {
    const folder = await mkdtemp(path.join(tmpdir(), "mutants-"));
    try {
      const judged = await judgeMutants(folder, nth, BITS);
      shown += judged.length;
      for (const { verdicts } of judged) {
        const reason = verdicts.mjs?.firstBad?.reason ?? "accepted";
        faults[reason] = (faults[reason] ?? 0) + 1;
      }
      for (const { name, verdicts } of misjudged(judged))
        violations.push({
          rule: "mutants are refused alike",
          words: `seed ${nth}: ${name}: ${JSON.stringify(verdicts)}`,
        });
      say(`seed ${nth}: ${judged.length} mutants`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const seconds = (performance.now() - begun) / 1_000;
  return {
    ...{ name: "bundles", seed, violations, faults },
    figures: {
      mutants: { value: shown, unit: "mutants, each shown to three verifiers" },
      offline: { value: hasEmptyNetwork ? 1 : 0, unit: "1 where the verifiers had no network" },
      took: { value: rounded(seconds, 0), unit: "s" },
    },
  };
}
