import { isAtLeastAsStrict, stagesAt } from "@/policies/access/chains";
import { ENVIRONMENTS, type GovernanceProfile, RISK_PROFILES, type Role } from "@/policies/access/vocabulary";
import { compare, isNowhereLooser } from "@/policies/simulate/compare";
import { brokenInvariants, counterexampleWords } from "@/policies/verify/invariants";
import { PACKS, shippedPolicy } from ".";
import { readYaml } from "./read-yaml";
import { type Pack } from "./schema";
import { isHigher, policyFor, type Tightening, tighteningSchema } from "./tightening";

type Fault = readonly [path: readonly (string | number)[], reason: string];

function* thresholdFaults(pack: Pack, { thresholds = {} }: Tightening): Generator<Fault> {
  for (const name of ["author", "review", "run"] as const)
    for (const [role, ceilings] of Object.entries(thresholds[name] ?? {})) {
      const packs = pack.thresholds[name][role as Role];
      const path = ["thresholds", name, role];
      if (packs === undefined) {
        yield [path, "the pack gives this role nothing here"];
        continue;
      }
      for (const place of ENVIRONMENTS) {
        const own = ceilings[place];
        if (own !== undefined && isHigher(own, packs[place]))
          yield [[...path, place], `${own} is looser than the pack's ${packs[place]}`];
      }
    }
}

function* chainFaults(pack: Pack, { approvals = {} }: Tightening): Generator<Fault> {
  for (const chained of ["publish", "run"] as const) {
    const lines = approvals[chained];
    if (lines === undefined) continue;
    const own = { approvals: { publish: [], run: [], [chained]: lines } };
    for (const environment of ENVIRONMENTS)
      for (const riskProfile of RISK_PROFILES) {
        const place = { environment, riskProfile };
        const stages = stagesAt(own, chained, place);
        if (isAtLeastAsStrict(stages, stagesAt(pack, chained, place))) continue;
        const line = lines.findIndex((each) => each.stages === stages);
        yield [
          ["approvals", chained, ...(line < 0 ? [] : [line])],
          `asks less than the pack does in ${environment} at ${riskProfile} risk`,
        ];
      }
  }
}

function* otherFaults(pack: Pack, { kill_switch = {}, break_glass = {} }: Tightening): Generator<Fault> {
  for (const scope of ["run", "workflow", "tenant"] as const)
    for (const [place, role] of (kill_switch[scope] ?? []).entries())
      if (!pack.kill_switch[scope].includes(role))
        yield [["kill_switch", scope, place], `${role} does not hold it under the pack`];
  if (break_glass.minutes !== undefined && break_glass.minutes > pack.break_glass.minutes)
    yield [["break_glass", "minutes"], `is longer than the pack's ${pack.break_glass.minutes}`];
}

/**
 * Reads what a tenant is to be stricter in than its pack. Throws PackError, with the line, for what is malformed or looser
 * than the pack, and for what would break a promise, with a question that shows it. What comes back was compared with the pack
 * over every question: it allows nothing more.
 */
export function readTightening(text: string, profile: GovernanceProfile, file = "tightening"): Tightening {
  const { data, refuse } = readYaml(text, file, tighteningSchema);
  const pack = PACKS[profile];
  for (const [path, reason] of [...thresholdFaults(pack, data), ...chainFaults(pack, data), ...otherFaults(pack, data)])
    throw refuse(path, reason);
  const policy = policyFor({ profile, tightening: data });
  const [broken] = brokenInvariants(policy);
  if (broken !== undefined)
    throw refuse(broken.invariant === "someone-can-kill" ? ["confined"] : [], counterexampleWords(broken));
  if (!isNowhereLooser(compare(shippedPolicy(profile), policy)))
    throw refuse([], "allows something that the pack does not");
  return data;
}
