import { existsSync, readFileSync } from "node:fs";
import { GOVERNANCE_PROFILES, type GovernanceProfile, profileNamed } from "@/policies/access/vocabulary";
import type { Policy } from "@/policies/access/policy";
import { cubeWords } from "@/policies/compile/cube-words";
import { shippedPolicy } from "@/policies/packs";
import { readTightening } from "@/policies/packs/accept-tightening";
import { PackError } from "@/policies/packs/read-yaml";
import { policyFor } from "@/policies/packs/tightening";
import { compare, type Comparison } from "@/policies/simulate/compare";
import type { Cube } from "@/policies/simulate/cubes";

const isProfile = (name: string): name is GovernanceProfile =>
  (GOVERNANCE_PROFILES as readonly string[]).includes(name);

/** The policy that a pack's name, or a file with a tightening of the first pack, stands for; throws Error in words. */
function policyOf(text: string, first: GovernanceProfile): Policy {
  const named = profileNamed(text);
  if (isProfile(named)) return shippedPolicy(named);
  if (!existsSync(text)) throw new Error(`${text} is neither a pack (${GOVERNANCE_PROFILES.join(", ")}) nor a file.`);
  return policyFor({ profile: first, tightening: readTightening(readFileSync(text, "utf8"), first, text) });
}

const line = (sign: string) => (cube: Cube) => {
  const { who, what, where } = cubeWords(cube);
  return `${sign} ${who}: ${what}${where === "" ? "" : ` (${where})`}\n`;
};

function inWords({ asked, newlyAllowed, newlyDenied, chains }: Comparison): string {
  const chain = (stages: Comparison["chains"][number]["after"]) =>
    stages.map(({ role, quorum }) => `${quorum} × ${role}`).join(", then ") || "nobody";
  return [
    `${asked} questions were asked of both.\n`,
    ...(newlyAllowed.length + newlyDenied.length + chains.length === 0 ? ["Nothing would be otherwise.\n"] : []),
    ...newlyAllowed.map(line("+")),
    ...newlyDenied.map(line("-")),
    ...chains.map(
      ({ of, environment, riskProfile, before, after, isStricter }) =>
        `~ before ${of === "publish" ? "publishing" : "a run"} in ${environment} at ${riskProfile} risk: ${chain(after)} instead of ` +
        `${chain(before)}${isStricter ? " (stricter)" : " (not as strict)"}\n`,
    ),
  ].join("");
}

/** What would turn between a pack and another, or a tightening of it; exit code 1 for a file with a fault, 2 for an unknown pack. */
export function runWhatIf({ profile, whatIf, json }: { profile: string; whatIf: string; json: boolean }): number {
  const first = profileNamed(profile);
  if (!isProfile(first)) {
    process.stderr.write(`There is no pack ${profile}. There are ${GOVERNANCE_PROFILES.join(", ")}.\n`);
    return 2;
  }
  try {
    const [before, after] = [shippedPolicy(first), policyOf(whatIf, first)];
    const comparison = compare(before, after);
    const told = { from: before.revision, to: after.revision, ...comparison };
    process.stdout.write(json ? `${JSON.stringify(told)}\n` : inWords(comparison));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof PackError ? 1 : 2;
  }
}
