import { GOVERNANCE_PROFILES, type GovernanceProfile, type Role } from "./vocabulary";

/** Two roles that one person should not hold together: it is allowed, and told. */
export interface ToxicPair {
  id: string;
  roles: readonly [Role, Role];
  /** The packs under which it is told. */
  profiles: readonly GovernanceProfile[];
  why: string;
}

const HOSTED: readonly GovernanceProfile[] = ["conductor-governance-white-label", "conductor-governance-saas"];

/** Static separation of duties, as data. What one act needs two people for is a rule, and refused. */
export const TOXIC_PAIRS: readonly ToxicPair[] = [
  {
    id: "author-and-reviewer",
    roles: ["workflow_author", "workflow_reviewer"],
    profiles: GOVERNANCE_PROFILES,
    why: "Who writes and reviews needs only one colleague of the same kind for the two to wave each other's work through.",
  },
  {
    id: "owner-and-reviewer",
    roles: ["tenant_admin", "workflow_reviewer"],
    profiles: GOVERNANCE_PROFILES,
    why: "Who gives roles and reviews can make authors of people who owe them theirs.",
  },
  {
    id: "administrator-and-reviewer",
    roles: ["conductor_admin", "workflow_reviewer"],
    profiles: GOVERNANCE_PROFILES,
    why: "Who gives roles and reviews can make authors of people who owe them theirs.",
  },
  {
    id: "owner-and-operator",
    roles: ["tenant_admin", "operator"],
    profiles: HOSTED,
    why: "Who owns a hosted tenant approves what operators start: with both roles, two people trade approvals.",
  },
  {
    id: "administrator-and-operator",
    roles: ["conductor_admin", "operator"],
    profiles: HOSTED,
    why: "Who gives roles and starts runs can give a colleague the role that approves their starts.",
  },
  {
    id: "author-and-operator",
    roles: ["workflow_author", "operator"],
    profiles: ["conductor-governance-saas"],
    why: "Who writes a workflow and runs it moves data by a change of their own, of which others have read the text only.",
  },
];

/** The pairs that these roles hold under a pack. */
export const toxicPairsOf = (roles: readonly Role[], profile: GovernanceProfile): ToxicPair[] =>
  TOXIC_PAIRS.filter((pair) => pair.profiles.includes(profile) && pair.roles.every((role) => roles.includes(role)));
