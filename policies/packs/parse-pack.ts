import { ENVIRONMENTS, RISK_PROFILES } from "@/policies/access/vocabulary";
import { type ChainLine, type Pack, packSchema } from "./schema";
import { readYaml } from "./read-yaml";

/** Where a line of a chain would count. */
const placesOf = ({ environment = [...ENVIRONMENTS], risk = [...RISK_PROFILES] }: ChainLine): string[] =>
  environment.flatMap((place) => risk.map((height) => `${place} ${height}`));

/** The first line that never counts, as those before it fit wherever it would; -1 where each counts somewhere. */
function unreachable(lines: readonly ChainLine[]): number {
  const taken = new Set<string>();
  return lines.findIndex((line) => {
    const places = placesOf(line);
    const isReached = places.some((place) => !taken.has(place));
    for (const place of places) taken.add(place);
    return !isReached;
  });
}

/** Reads a pack's file; throws PackError with the line of the first fault. */
export function parsePack(text: string, file: string): Pack {
  const { data, refuse } = readYaml(text, file, packSchema);
  for (const chained of ["publish", "run"] as const) {
    const place = unreachable(data.approvals[chained]);
    if (place >= 0)
      throw refuse(["approvals", chained, place], "never counts, as lines before it fit everywhere it would");
  }
  for (const name of ["author", "review", "run"] as const)
    for (const [role, ceilings] of Object.entries(data.thresholds[name]))
      if (ENVIRONMENTS.every((place) => ceilings[place] === "none"))
        throw refuse(["thresholds", name, role], "allows nothing anywhere; leave it out");
  return data;
}
