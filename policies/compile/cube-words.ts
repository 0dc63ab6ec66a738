import { roleWord } from "@/policies/access/role-word";
import type { Cube } from "@/policies/simulate/cubes";

const ATOM_WORDS: Readonly<Record<string, string>> = {
  "same_region=true": "in their own region",
  "same_region=false": "in another region",
  "same_business_unit=true": "in their own business unit",
  "same_business_unit=false": "in another business unit",
  "cleared=true": "within their clearance",
  "cleared=false": "beyond their clearance",
  "contributor=true": "what they shaped themselves",
  "contributor=false": "what others shaped",
  "person=true": "people only",
  "person=false": "programs only",
  "asked=true": "where their role is asked",
  "requester=true": "what they asked for themselves",
  "requester=false": "what others asked for",
  "voter=false": "for the first time",
  "voter=true": "for the second time",
  "break_glass=true": "with break-glass open",
  "break_glass=false": "without break-glass",
};

/** A cube of questions in words: who, what, and under which circumstances. */
export function cubeWords({ actions, roles, environment, riskProfile, atoms }: Cube) {
  return {
    who: roles.map(roleWord).join(", "),
    what: actions.join(", "),
    where: [
      ...(environment === null ? [] : [environment.join(" or ")]),
      ...(riskProfile === null ? [] : [`${riskProfile.join(" or ")} risk`]),
      ...Object.entries(atoms).flatMap(([atom, value]) => ATOM_WORDS[`${atom}=${value}`] ?? []),
    ].join(", "),
  };
}
