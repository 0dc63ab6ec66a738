import { type Feature, FEATURES } from "./words";

/** Something that stays open without a feature, and why. */
interface Free {
  what: string;
  why: string;
}

/** A feature that is asked about: wherever something is done with it that was not there before. */
interface Gated {
  state: "gated";
  /** Procedures that refuse (NotEntitled) without it. */
  procedures: readonly string[];
  /** Background functions that leave out tenants without it. */
  jobs: readonly string[];
  /** Commands of the command line that refuse a tenant without it. */
  commands: readonly string[];
  /** Doors of their own that ask before anything else. */
  doors: readonly string[];
  /** The page of a tenant on which it is explained. */
  page: string | null;
  free: readonly Free[];
}

/** A feature of every tenant, paid or not: it is what makes the product safe, or answerable. */
interface Always {
  state: "always";
  why: string;
}

/** A feature that is in the catalogue, and not in the product yet. */
interface Unbuilt {
  state: "unbuilt";
  why: string;
}

type Gate = Gated | Always | Unbuilt;

const gated = (gate: Partial<Omit<Gated, "state">>): Gated => ({
  ...{ state: "gated", procedures: [], jobs: [], commands: [], doors: [], page: null, free: [] },
  ...gate,
});

/** Where each sold feature is asked about. A test holds it against the procedures, jobs, commands and pages there are. */
export const GATES: Readonly<Record<Feature, Gate>> = {
  "governance-packs": gated({
    procedures: ["policyChanges.propose"],
    page: "policy",
    free: [
      { what: "Being decided by a pack, and asking it", why: "No unpaid invoice loosens who may do what." },
      { what: "Deciding about a change that waits, or withdrawing it", why: "It was proposed while the plan had it." },
    ],
  }),
  receipts: {
    state: "always",
    why: "A record with a gap for unpaid months is none. Whoever is audited reads and verifies theirs without a plan.",
  },
  "public-api": gated({
    procedures: ["apiKeys.create"],
    doors: ["/api/v1"],
    page: "api-keys",
    free: [
      { what: "Rotating and revoking keys", why: "A key that has leaked is ended at once, whatever was paid." },
      { what: "The OpenAPI document", why: "It says what there is to buy." },
    ],
  }),
  sso: { state: "unbuilt", why: "Providers are the deployment's: a tenant cannot bring its own yet." },
  "custom-adapters": gated({
    procedures: ["adapters.register", "adapters.update"],
    jobs: ["execute-run"],
    doors: ["a definition that calls one, when it is saved and when it is published"],
    page: "adapters",
    free: [
      { what: "Rotating an adapter's secret, and ending it", why: "Both make it safer." },
      { what: "Runs that are under way while the tenant is read-only", why: "What runs finishes." },
    ],
  }),
  "own-policy": gated({
    procedures: ["policyChanges.propose"],
    page: "policy",
    free: [
      { what: "A tightening that is in force", why: "It stays: losing a plan loosens nothing." },
      { what: "Going back to the pack as it is", why: "That is a choice among the packs." },
    ],
  }),
  "access-reviews": gated({
    procedures: ["accessReviews.open"],
    jobs: ["tend-access-reviews"],
    page: "access-reviews",
    free: [
      { what: "Deciding in a review that is open, and closing it", why: "Access that nobody needs is taken at once." },
      { what: "The evidence of reviews", why: "It is the tenant's own, and an auditor asks for it." },
    ],
  }),
  "drift-detection": gated({
    procedures: ["drift.assign"],
    jobs: ["detect-drift"],
    commands: ["drift accept"],
    page: "drift",
    free: [
      { what: "Looking at all there is, with a count for the operator", why: "The walls of one tenant protect all." },
      { what: "Tasks that are there already, which close as before", why: "Nothing is deleted." },
    ],
  }),
  "incident-automation": gated({
    procedures: [
      ...["mitigations.setRules", "onCall.createSchedule", "onCall.updateSchedule", "onCall.addOverride"],
      ...["onCall.setEscalation", "drills.ask"],
    ],
    jobs: ["escalate-incident", "judge-slos", "mitigate", "run-drill"],
    commands: ["drill"],
    page: "on-call",
    free: [
      {
        what: "Objectives, their budgets and alerts, and changing them",
        why: "Whoever answers for runs sees how they do.",
      },
      {
        what: "Opening an incident, taking it on, mitigating it by hand, resolving and reading it",
        why: "Whoever sees that something is wrong says so, and nobody waits for a plan to make things safe.",
      },
      { what: "Mitigations that are on, which end as they would", why: "What was begun finishes." },
      { what: "Removing a schedule or an override", why: "Nobody has to stay on call." },
    ],
  }),
  "compliance-pack": gated({
    procedures: [
      "bundles.request",
      "collectors.ask",
      "compliance.ask",
      "compliance.recordException",
      "trustPages.publish",
    ],
    jobs: ["collect-evidence-nightly", "probe-controls-daily", "rehearse-restores-nightly", "build-bundle"],
    commands: ["evidence"],
    page: "evidence",
    free: [
      { what: "Reading and downloading what was collected or sealed", why: "Evidence is the tenant's own." },
      { what: "Verifying a bundle", why: "Whoever holds one checks it, without us." },
    ],
  }),
  "internal-audit": gated({
    procedures: ["audits.ask"],
    jobs: ["run-audits-weekly"],
    commands: ["audit"],
    page: "audits",
    free: [
      { what: "Reading audits and findings that are there", why: "They are the tenant's own." },
      {
        what: "Seeing to findings, and having them tested again",
        why: "A gap that is known is closed, whatever was paid.",
      },
    ],
  }),
  "policy-bundle": {
    state: "unbuilt",
    why: "The command line makes bundles of the shipped packs for whoever operates; one of a tenant's own rules comes later.",
  },
  "own-branding": { state: "unbuilt", why: "Name, colours and mails are ours in this release." },
};

/** Features that some procedure, job, command or door asks about. */
export const gatedFeatures = (): (Gated & { feature: Feature })[] =>
  (Object.keys(FEATURES) as Feature[]).flatMap((feature) => {
    const gate = GATES[feature];
    return gate.state === "gated" ? [{ ...gate, feature }] : [];
  });

/** True for a feature that every tenant has, paid or not. */
export const isAlways = (feature: Feature): boolean => GATES[feature].state === "always";

/** The page of a tenant on which a feature is explained; null for one that has none. */
export function pageOf(feature: Feature): string | null {
  const gate = GATES[feature];
  return gate.state === "gated" ? gate.page : null;
}
