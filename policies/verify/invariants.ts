import type { Atom } from "@/policies/access/atoms";
import { atomBit, factsOf, roleBits, rolesByBits, rolesOf } from "@/policies/access/bits";
import type { Policy } from "@/policies/access/policy";
import { ALL_ACTIONS, type Action, type Role } from "@/policies/access/vocabulary";

import { type Question, wordsAbout } from "./space";

/** What break-glass may open by itself; besides, it lifts soft denials. */
const OPENED_IN_NEED: readonly Action[] = ["run.cancel", "run.kill", "workflow.kill", "tenant.kill"];

const OWN_WORK: readonly Action[] = ["workflow.review", "workflow.publish", "approval.decide"];
const OWN_REQUEST: readonly Action[] = [
  ...["approval.decide", "policy.approve", "break_glass.approve", "access_review.decide"],
] as Action[];

/** Roles of a tenant's own people: what only the deployment's operator may, nobody of an ordinary tenant may. */
const OF_THE_TENANT: readonly Role[] = ["tenant_admin", "workflow_author", "workflow_reviewer", "operator"];

/** What holds for every question under every pack and every tightening of one. */
interface Invariant {
  id: string;
  title: string;
  actions(policy: Policy): readonly Action[];
  /** The relations it speaks about. */
  about: readonly Atom[];
  /** Whether roles that may, as bits, break it for a question. `open` are those that may with break-glass open besides. */
  breaks(asked: { policy: Policy; action: Action; word: number; roles: number; open: number }): boolean;
}

const holds = (word: number, atom: Atom) => (word & atomBit(atom)) !== 0;

const INVARIANTS: readonly Invariant[] = [
  {
    id: "tenant-wall",
    title: "Nobody does anything in another tenant",
    actions: () => ALL_ACTIONS,
    about: ["same_tenant"],
    breaks: ({ word, roles }) => !holds(word, "same_tenant") && roles !== 0,
  },
  {
    id: "own-work",
    title: "Nobody approves or publishes what they shaped themselves",
    actions: () => OWN_WORK,
    about: ["contributor"],
    breaks: ({ word, roles }) => holds(word, "contributor") && roles !== 0,
  },
  {
    id: "own-request",
    title: "Nobody agrees to what they asked for, or judges their own access",
    actions: () => OWN_REQUEST,
    about: ["requester"],
    breaks: ({ word, roles }) => holds(word, "requester") && roles !== 0,
  },
  {
    id: "someone-can-kill",
    title: "Somebody of the tenant can always kill, wherever they are and whatever else does not hold",
    actions: () => ["run.kill", "workflow.kill", "tenant.kill"],
    about: ["same_tenant", "same_region", "same_business_unit", "cleared"],
    breaks: ({ word, roles }) => holds(word, "same_tenant") && (roles & roleBits(OF_THE_TENANT)) === 0,
  },
  {
    id: "provider-can-kill",
    title: "Whoever operates the deployment can always kill all of it",
    actions: () => ["deployment.kill"],
    about: ["same_tenant", "same_region", "same_business_unit", "cleared"],
    breaks: ({ word, roles }) => holds(word, "same_tenant") && (roles & roleBits(["conductor_admin"])) === 0,
  },
  {
    id: "break-glass-bounds",
    title: "Break-glass opens kills and cancels, and lifts soft denials, and nothing else",
    actions: () => ALL_ACTIONS,
    about: ["break_glass"],
    breaks: ({ policy, action, roles, open }) =>
      (open & ~roles) !== 0 && !OPENED_IN_NEED.includes(action) && !policy.pack.confined.business_unit.includes(action),
  },
  {
    id: "residency",
    title: "What is confined to its region is done by people of that region, even in need",
    actions: ({ pack }) => pack.confined.region,
    about: ["same_region", "break_glass"],
    breaks: ({ word, roles }) => !holds(word, "same_region") && roles !== 0,
  },
];

/** A question whose answer breaks what was promised. */
export interface Counterexample {
  invariant: string;
  title: string;
  question: Omit<Question, "role">;
  /** The roles that may. */
  roles: Role[];
}

function brokenBy(policy: Policy, invariant: Invariant): Counterexample | null {
  for (const action of invariant.actions(policy))
    for (const word of wordsAbout([policy], action, invariant.about)) {
      const roles = rolesByBits(policy, action, word);
      const open = rolesByBits(policy, action, word | atomBit("break_glass"));
      if (invariant.breaks({ policy, action, word, roles, open })) {
        const { id, title } = invariant;
        return { invariant: id, title, question: { action, ...factsOf(word) }, roles: rolesOf(roles) };
      }
    }
  return null;
}

/** The promises that a policy breaks, each with a question that shows it. Every question is asked. */
export const brokenInvariants = (policy: Policy): Counterexample[] =>
  INVARIANTS.flatMap((invariant) => brokenBy(policy, invariant) ?? []);

/** A counterexample as a sentence. */
export function counterexampleWords({ title, question, roles }: Counterexample): string {
  const { action, environment, riskProfile, atoms } = question;
  const not = Object.entries(atoms).flatMap(([atom, value]) => (value ? [] : [`not ${atom}`]));
  const place = environment === null ? [] : [environment, `${riskProfile ?? ""} risk`];
  const who = roles.length === 0 ? "nobody may" : `${roles.join(", ")} may`;
  const circumstances = [...place, ...not].join(", ");
  return `${title}. With this, ${who} ${action}${circumstances === "" ? "" : ` (${circumstances})`}.`;
}
