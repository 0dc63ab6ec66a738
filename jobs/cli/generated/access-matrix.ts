import type { Policy } from "@/policies/access/policy";
import { GOVERNANCE_PROFILES, ROLES } from "@/policies/access/vocabulary";
import { chainWords, matrixOf } from "@/policies/compile/matrix";
import { shippedPolicy } from "@/policies/packs";

const row = (cells: readonly string[]) => `| ${cells.map((cell) => (cell === "" ? "–" : cell)).join(" | ")} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]) => [
  ...[row(heads), row(heads.map(() => "---")), ...rows.map(row), ""],
];

/** One pack: who may do what, and who has to agree before. */
export function packMatrix(policy: Policy): string[] {
  const { pack, profile } = policy;
  const chains = (["publish", "run"] as const).flatMap((before) =>
    pack.approvals[before].map((line) => {
      const { where, who } = chainWords(line);
      return [before, where, who];
    }),
  );
  return [
    ...[`## ${pack.title}`, "", `\`${profile}\`, version ${pack.version}. ${pack.about}`, ""],
    ...table(
      ["Action", ...ROLES.map((role) => `\`${role}\``), "Whoever it is"],
      matrixOf(policy).map(({ action, roles, always }) => [
        `\`${action}\``,
        ...ROLES.map((role) => roles[role]),
        always,
      ]),
    ),
    ...table(["Before", "Where; the first line that fits", "Who has to agree"], chains),
  ];
}

/** Role by action under each pack. */
export function accessMatrix(): string {
  return [
    "# Access matrix",
    "",
    "Generated from `policies/access/rules` and `policies/packs`. Everything holds within one tenant only; what is not listed is",
    "denied. A tenant may be stricter. As CSV and JSON: `policies/generated/matrices/`, and `npx conductor matrix`.",
    "",
    ...GOVERNANCE_PROFILES.flatMap((profile) => packMatrix(shippedPolicy(profile))),
  ].join("\n");
}
