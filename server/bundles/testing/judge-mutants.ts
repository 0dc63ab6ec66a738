import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Verdict } from "../domain/format";
import { mutantsOf } from "./mutants";
import { composeSample, sealingWith, trustIn } from "./sample";
import { verdictsOf, type VerifierName, VERIFIERS } from "./verifiers";

export interface JudgedMutant {
  name: string;
  verdicts: Record<VerifierName, Verdict | undefined>;
}

/** What all verifiers say of the mutants of a seed, under the key that the honest bundle was sealed with; in a folder. */
export async function judgeMutants(folder: string, seed: number, bits: number): Promise<JudgedMutant[]> {
  const [ours, theirs] = [sealingWith("ours").signer, sealingWith("theirs").signer];
  const [trust, honest] = [path.join(folder, "trust.pem"), path.join(folder, `honest-${seed}.zip`)];
  await writeFile(trust, trustIn("ours"));
  await composeSample(honest);
  const mutants = mutantsOf(await readFile(honest), { ours, theirs }, seed, bits);
  const files = mutants.map((_, number) => path.join(folder, `mutant-${seed}-${number}.zip`));
  for (const [number, { bytes }] of mutants.entries()) await writeFile(files[number] ?? "", bytes);
  const said = async (name: VerifierName) => [name, (await verdictsOf(name, files, trust)).verdicts] as const;
  const all = await Promise.all((Object.keys(VERIFIERS) as VerifierName[]).map(said));
  return mutants.map(({ name }, at) => ({
    name,
    verdicts: Object.fromEntries(all.map(([who, verdicts]) => [who, verdicts[at]])) as JudgedMutant["verdicts"],
  }));
}

/** Mutants that some verifier did not refuse, or about which two of them differ. */
export const misjudged = (mutants: readonly JudgedMutant[]): JudgedMutant[] =>
  mutants.filter(({ verdicts }) => {
    const texts = new Set(Object.values(verdicts).map((verdict) => JSON.stringify(verdict)));
    return texts.size !== 1 || verdicts.mjs?.verdict !== "refused";
  });
