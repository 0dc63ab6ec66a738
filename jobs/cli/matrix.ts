import type { Policy } from "@/policies/access/policy";
import { GOVERNANCE_PROFILES, profileNamed, ROLES } from "@/policies/access/vocabulary";
import { matrixOf } from "@/policies/compile/matrix";
import { shippedPolicy } from "@/policies/packs";
import { packMatrix } from "./generated/access-matrix";

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Who may do what as CSV (RFC 4180), a line per pack and action. */
export function matrixCsv(packs: readonly Policy[]): string {
  const lines = packs.flatMap((policy) =>
    matrixOf(policy).map(({ action, roles, always }) => [
      ...[policy.profile, action],
      ...ROLES.map((role) => roles[role]),
      always,
    ]),
  );
  const heads = ["profile", "action", ...ROLES, "whoever it is"];
  return [heads, ...lines].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

/** Prints who may do what under one pack or all of them; exit code 2 for a pack that there is not. */
export function runMatrix({
  profile,
  csv,
  json,
}: {
  profile?: string | undefined;
  csv: boolean;
  json: boolean;
}): number {
  const named = profile === undefined ? null : profileNamed(profile);
  const profiles = GOVERNANCE_PROFILES.filter((one) => named === null || one === named);
  if (profiles.length === 0) {
    process.stderr.write(`There is no pack ${profile ?? ""}. There are ${GOVERNANCE_PROFILES.join(", ")}.\n`);
    return 2;
  }
  const packs = profiles.map(shippedPolicy);
  if (json) {
    const told = packs.map((policy) => ({
      ...{ profile: policy.profile, version: policy.pack.version, revision: policy.revision },
      ...{ actions: matrixOf(policy), approvals: policy.pack.approvals },
    }));
    process.stdout.write(`${JSON.stringify(told)}\n`);
  } else if (csv) {
    process.stdout.write(matrixCsv(packs));
  } else process.stdout.write(packs.flatMap(packMatrix).join("\n"));
  return 0;
}
