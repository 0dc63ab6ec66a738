import { z } from "zod";
import { stagesAt, stricterChain } from "@/policies/access/chains";
import { type Policy, policyOf } from "@/policies/access/policy";
import { ENVIRONMENTS, type GovernanceProfile, RISK_PROFILES, type Role, ROLES } from "@/policies/access/vocabulary";
import { PACKS, shippedPolicy } from ".";
import { type Ceiling, ceilingSchema, type Chained, type ChainLine, CONFINABLE, lineSchema, type Pack } from "./schema";

const someActions = z.array(z.enum(CONFINABLE)).min(1);
const someRoles = z.array(z.enum(ROLES)).min(1);
const someEnvironments = z
  .strictObject({ dev: ceilingSchema, staging: ceilingSchema, prod: ceilingSchema })
  .partial()
  .describe("Where it is lower than the pack's; elsewhere the pack's stays.");
const perRole = z.partialRecord(z.enum(ROLES), someEnvironments);

/** What a tenant is stricter in than its pack. All of it is optional; nothing in it can loosen the pack. */
export const tighteningSchema = z.strictObject({
  thresholds: z
    .strictObject({ author: perRole, review: perRole, run: perRole })
    .partial()
    .optional()
    .describe("Lower ceilings of risk."),
  approvals: z
    .strictObject({ publish: z.array(lineSchema).max(20), run: z.array(lineSchema).max(20) })
    .partial()
    .optional()
    .describe("Chains instead of the pack's; wherever one asks less than the pack's, the pack's is asked as well."),
  kill_switch: z
    .strictObject({ run: someRoles, workflow: someRoles, tenant: someRoles })
    .partial()
    .optional()
    .describe("Fewer who may stop."),
  break_glass: z
    .strictObject({ minutes: z.int().min(0).max(60), second_person: z.literal(true) })
    .partial()
    .optional()
    .describe("Shorter, or with a second person."),
  confined: z
    .strictObject({ region: someActions, business_unit: someActions })
    .partial()
    .optional()
    .describe("Actions that are confined besides those that the pack confines."),
});
export type Tightening = z.output<typeof tighteningSchema>;

/** Ceilings in their order, the strictest first. */
const CEILINGS: readonly Ceiling[] = ["none", ...RISK_PROFILES];
const lower = (one: Ceiling, other: Ceiling): Ceiling =>
  CEILINGS.indexOf(one) < CEILINGS.indexOf(other) ? one : other;

/** Whether a ceiling lets through more than another. */
export const isHigher = (one: Ceiling, than: Ceiling): boolean => CEILINGS.indexOf(one) > CEILINGS.indexOf(than);

type Thresholds = Pack["thresholds"][keyof Pack["thresholds"]];

function tightenedThresholds(pack: Thresholds, by: z.output<typeof perRole> = {}): Thresholds {
  const rows = Object.entries(pack).map(([role, ceilings]) => {
    const own = by[role as Role] ?? {};
    const lowered = ENVIRONMENTS.map((place) => [place, lower(own[place] ?? ceilings[place], ceilings[place])]);
    return [role, Object.fromEntries(lowered)] as const;
  });
  return Object.fromEntries(rows);
}

/** One line per environment and risk, with the stricter chain; nothing for where nobody is asked. */
function tightenedChains(pack: Pack, chained: Chained, lines: ChainLine[] | undefined): ChainLine[] {
  if (lines === undefined) return pack.approvals[chained];
  const own = { approvals: { publish: [], run: [], [chained]: lines } };
  return ENVIRONMENTS.flatMap((environment) =>
    RISK_PROFILES.flatMap((riskProfile) => {
      const place = { environment, riskProfile };
      const stages = stricterChain(stagesAt(own, chained, place), stagesAt(pack, chained, place));
      return stages.length === 0 ? [] : [{ environment: [environment], risk: [riskProfile], stages }];
    }),
  );
}

/** Those who hold it in both; the pack's where that would be nobody, as nobody could stop anything then. */
function fewer(pack: Role[], by: Role[] | undefined): Role[] {
  const both = by === undefined ? pack : pack.filter((role) => by.includes(role));
  return both.length === 0 ? pack : both;
}

const also = <T>(pack: readonly T[], by: readonly T[] = []): T[] => [...new Set([...pack, ...by])];

/** A pack as a tenant has tightened it: never looser than the pack, whatever the tightening says, also under a later version. */
function tightened(pack: Pack, by: Tightening): Pack {
  const { thresholds, approvals, kill_switch, break_glass, confined } = by;
  return {
    ...pack,
    thresholds: {
      author: tightenedThresholds(pack.thresholds.author, thresholds?.author),
      review: tightenedThresholds(pack.thresholds.review, thresholds?.review),
      run: tightenedThresholds(pack.thresholds.run, thresholds?.run),
    },
    approvals: {
      publish: tightenedChains(pack, "publish", approvals?.publish),
      run: tightenedChains(pack, "run", approvals?.run),
    },
    kill_switch: {
      run: fewer(pack.kill_switch.run, kill_switch?.run),
      workflow: fewer(pack.kill_switch.workflow, kill_switch?.workflow),
      tenant: fewer(pack.kill_switch.tenant, kill_switch?.tenant),
    },
    break_glass: {
      minutes: Math.min(pack.break_glass.minutes, break_glass?.minutes ?? pack.break_glass.minutes),
      second_person: pack.break_glass.second_person || break_glass?.second_person === true,
    },
    confined: {
      region: also(pack.confined.region, confined?.region),
      business_unit: also(pack.confined.business_unit, confined?.business_unit),
    },
  };
}

/** A pack, and what a tenant is stricter in. */
export interface Choice {
  profile: GovernanceProfile;
  tightening: Tightening;
}

/** Tenants that tighten are few, and each asks with each call: compiled policies are kept, the last used longest. */
const KEPT = 500;
const compiled = new Map<string, Policy>();

/** What a tenant's choice comes to. */
export function policyFor({ profile, tightening }: Choice): Policy {
  if (Object.keys(tightening).length === 0) return shippedPolicy(profile);
  const key = JSON.stringify([profile, tightening]);
  const policy = compiled.get(key) ?? policyOf(tightened(PACKS[profile], tightening));
  compiled.delete(key);
  compiled.set(key, policy);
  const [oldest] = compiled.keys();
  if (compiled.size > KEPT && oldest !== undefined) compiled.delete(oldest);
  return policy;
}
