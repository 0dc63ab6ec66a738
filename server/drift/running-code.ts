import { createHash } from "node:crypto";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { shippedPolicy } from "@/policies/packs";

/** What a process runs: its build, and a digest of all packs that it decides by. */
export interface RunningCode {
  revision: string;
  policy: string;
}

/** The code of this very process. `revision` is its build, as CONDUCTOR_REVISION names it. */
export function runningCode(revision: string): RunningCode {
  const packs = GOVERNANCE_PROFILES.map((profile) => shippedPolicy(profile).revision).join(" ");
  return { revision, policy: createHash("sha256").update(packs).digest("hex").slice(0, 16) };
}
