/** What only some tenants may do: its name, and what it is in one sentence. Closed: what is not here is sold by nobody. */
export const FEATURES = {
  "governance-packs": {
    title: "Governance packs",
    what: "One of three packs of rules decides who may do what, and says why.",
  },
  receipts: {
    title: "Audit record",
    what: "Every write and every denial leaves a receipt in a chain that anybody can verify.",
  },
  "public-api": { title: "Public API", what: "Programs work with keys of their own over HTTP, within their rights." },
  sso: { title: "Single sign-on", what: "People sign in at an OpenID Connect provider of the customer's own." },
  "custom-adapters": {
    title: "Custom adapters",
    what: "Steps that call programs of your own, over HTTP that the product signs.",
  },
  "own-policy": {
    title: "A policy of one's own",
    what: "A stricter policy is proposed by one person and approved by another, with its effect shown first.",
  },
  "access-reviews": {
    title: "Access reviews",
    what: "Reviewers keep or remove the access of each member and key, with evidence at the end.",
  },
  "drift-detection": {
    title: "Drift detection",
    what: "What is deployed is compared with what should be, and a difference opens a task with its undo.",
  },
  "incident-automation": {
    title: "Incident automation",
    what: "A missed objective opens an incident, tells who is on call and slows what is risky.",
  },
  "compliance-pack": {
    title: "Compliance pack",
    what: "Controls with the evidence for each, kept for seven years and exported as one signed bundle.",
  },
  "internal-audit": {
    title: "Internal audit",
    what: "A workflow checks roles, packs and objectives, and files findings with owners and due dates.",
  },
  "policy-bundle": {
    title: "Policy bundles for OPA",
    what: "The tenant's rules as a signed bundle for Open Policy Agent, proven to answer as the product does.",
  },
  "own-branding": { title: "Own branding", what: "Name, colours and mails of the partner in place of ours." },
} as const satisfies Readonly<Record<string, { title: string; what: string }>>;
export type Feature = keyof typeof FEATURES;

/** What a tenant may have beside its plan: what it is called and which features it opens. */
export const ADD_ONS = {
  incident: { title: "Incident automation", opens: ["incident-automation"] },
  compliance: { title: "Compliance", opens: ["compliance-pack"] },
  // Given by whoever operates a deployment to a tenant whose plan does not have it; there is no price for it.
  "custom-adapters": { title: "Custom adapters", opens: ["custom-adapters"] },
} as const satisfies Readonly<Record<string, { title: string; opens: readonly Feature[] }>>;
export type AddOn = keyof typeof ADD_ONS;
