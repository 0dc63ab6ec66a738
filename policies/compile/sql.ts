import type { Policy } from "@/policies/access/policy";
import type { Principal } from "@/policies/access/request";
import type { Clause } from "@/policies/access/rule";
import {
  type Action,
  DATA_SENSITIVITIES,
  type DataSensitivity,
  isGoverned,
  subjectOf,
  upTo,
} from "@/policies/access/vocabulary";

/** What a filter may ask of a row, as policy calls it. */
export type RowAttribute = "environment" | "riskProfile" | "region" | "businessUnit" | "dataSensitivity";

/** A condition on a row's attributes: only sets, and that one person is or is not among those of a list. */
export type RowFilter =
  | { kind: "never" }
  | { kind: "always" }
  | { kind: "in"; attribute: RowAttribute; words: readonly string[] }
  | { kind: "among"; list: "contributors"; person: string }
  | { kind: "not"; of: RowFilter }
  | { kind: "all"; of: readonly RowFilter[] }
  | { kind: "any"; of: readonly RowFilter[] };

const NEVER: RowFilter = { kind: "never" };
const ALWAYS: RowFilter = { kind: "always" };

const within = (attribute: RowAttribute, words: readonly string[]): RowFilter =>
  words.length === 0 ? NEVER : { kind: "in", attribute, words };

function not(filter: RowFilter): RowFilter {
  if (filter.kind === "never") return ALWAYS;
  if (filter.kind === "always") return NEVER;
  return filter.kind === "not" ? filter.of : { kind: "not", of: filter };
}

function joined(kind: "all" | "any", filters: readonly RowFilter[]): RowFilter {
  const [decides, adds] = kind === "all" ? [NEVER, ALWAYS] : [ALWAYS, NEVER];
  if (filters.some((filter) => filter.kind === decides.kind)) return decides;
  const said = new Map(filters.filter((one) => one.kind !== adds.kind).map((one) => [JSON.stringify(one), one]));
  const [only, ...more] = said.values();
  if (only === undefined) return adds;
  return more.length === 0 ? only : { kind, of: [only, ...more] };
}

/** A relation as a condition on rows of the caller's own tenant. Throws for one that rows do not tell. */
function relation(atom: string, principal: Principal): RowFilter {
  switch (atom) {
    case "same_tenant":
      // The rows of another tenant are kept out by whoever asks, always.
      return ALWAYS;
    case "same_region":
      return within("region", [principal.region]);
    case "same_business_unit":
      return within("businessUnit", [principal.businessUnit]);
    case "cleared":
      return within("dataSensitivity", upTo(DATA_SENSITIVITIES, principal.clearance));
    case "contributor":
      return { kind: "among", list: "contributors", person: principal.id };
    case "person":
      return principal.kind === "user" ? ALWAYS : NEVER;
    case "break_glass":
      return principal.breakGlass === true ? ALWAYS : NEVER;
    default:
      throw new Error(`no row says whether ${atom} holds: it cannot be filtered by`);
  }
}

function clauseFilter({ when }: Clause, principal: Principal): RowFilter {
  return joined("all", [
    ...(when.environment === undefined ? [] : [within("environment", when.environment)]),
    ...(when.riskProfile === undefined ? [] : [within("riskProfile", when.riskProfile)]),
    ...Object.entries(when.atoms ?? {}).map(([atom, value]) =>
      value ? relation(atom, principal) : not(relation(atom, principal)),
    ),
  ]);
}

function ofPolicy({ clauses }: Policy, principal: Principal, action: Action): RowFilter {
  const about = clauses.filter(({ actions }) => actions.includes(action));
  const granting = about.filter(
    ({ effect, roles }) => effect === "allow" && roles.some((role) => principal.roles.includes(role)),
  );
  const denying = about.filter(({ effect }) => effect === "deny");
  return joined("all", [
    joined(
      "any",
      granting.map((clause) => clauseFilter(clause, principal)),
    ),
    ...denying.map((clause) => not(clauseFilter(clause, principal))),
  ]);
}

/**
 * Which rows of the caller's own tenant the caller may do something with, as `decide` would say of each. Of several policies
 * all have to allow it. Throws Error for an action on things without attributes, and for a relation that rows do not tell.
 */
export function rowFilter(policies: readonly [Policy, ...Policy[]], principal: Principal, action: Action): RowFilter {
  if (!isGoverned(subjectOf(action))) throw new Error(`${action} is about nothing that has attributes to filter by`);
  const ruled = joined(
    "all",
    policies.map((policy) => ofPolicy(policy, principal, action)),
  );
  return joined("all", [ruled, ...knownRegion(policies, principal)]);
}

/** Of another region than the deployment's, of who asks or of the row, a request is malformed, whatever the rules say. */
function knownRegion([{ regions }]: readonly [Policy, ...Policy[]], { region }: Principal): RowFilter[] {
  return [regions.includes(region) ? within("region", regions) : NEVER];
}

const flat = (filter: RowFilter): readonly RowFilter[] => (filter.kind === "all" ? filter.of.flatMap(flat) : [filter]);

/**
 * The sensitivities at which the caller may do something, where it hangs on nothing else of a row: for statements that are
 * prepared with one list. Throws Error where a policy asks for more, which such a statement would leave out.
 */
export function sensitivitiesWithin(
  policies: readonly [Policy, ...Policy[]],
  principal: Principal,
  action: Action,
): DataSensitivity[] {
  const filter = rowFilter(policies, principal, action);
  // Such statements show rows of a region that is no more too; those cannot be opened.
  const [known] = knownRegion(policies, principal).map((part) => JSON.stringify(part));
  const parts = flat(filter).filter((part) => part.kind === "never" || JSON.stringify(part) !== known);
  return parts.reduce<DataSensitivity[]>(
    (left, part) => {
      if (part.kind === "never") return [];
      if (part.kind === "always") return left;
      if (part.kind !== "in" || part.attribute !== "dataSensitivity")
        throw new Error(`${action} hangs on more of a row than its sensitivity`);
      return left.filter((word) => part.words.includes(word));
    },
    [...DATA_SENSITIVITIES],
  );
}
