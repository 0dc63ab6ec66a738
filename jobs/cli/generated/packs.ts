import { readFileSync } from "node:fs";
import path from "node:path";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { parsePack } from "@/policies/packs/parse-pack";
import { ROOT } from "@/jobs/cli/local-state";

/** The packs' files as the product reads them; a file with a fault stops it, with the line. */
export function packsJson(): string {
  const packs = GOVERNANCE_PROFILES.map((name) => {
    const file = path.join("policies", "packs", `${name}.yaml`);
    return [name, parsePack(readFileSync(path.join(ROOT, file), "utf8"), file)] as const;
  });
  return `${JSON.stringify(Object.fromEntries(packs), null, 2)}\n`;
}
