/** A page of a tenant: its address, its name, and the key that goes there after `g`. */
export interface Place {
  slug: string;
  name: string;
  key: string;
  /** What it is about; places of one group stand together. */
  group: "Operate" | "Govern" | "People" | "Connect" | "Tenant";
}

/** The pages of a tenant in the order of its navigation. */
export const PLACES: readonly Place[] = [
  { slug: "switchboard", name: "Switchboard", key: "s", group: "Operate" },
  { slug: "workflows", name: "Workflows", key: "w", group: "Operate" },
  { slug: "runs", name: "Runs", key: "r", group: "Operate" },
  { slug: "approvals", name: "Approvals", key: "a", group: "Operate" },
  { slug: "slos", name: "SLOs", key: "l", group: "Operate" },
  { slug: "incidents", name: "Incidents", key: "i", group: "Operate" },
  { slug: "on-call", name: "On call", key: "o", group: "Operate" },
  { slug: "receipts", name: "Receipts", key: "e", group: "Govern" },
  { slug: "policy", name: "Policy", key: "p", group: "Govern" },
  { slug: "compliance", name: "Compliance", key: "y", group: "Govern" },
  { slug: "evidence", name: "Evidence", key: "n", group: "Govern" },
  { slug: "audits", name: "Audits", key: "h", group: "Govern" },
  { slug: "findings", name: "Findings", key: "q", group: "Govern" },
  { slug: "drift", name: "Drift", key: "f", group: "Govern" },
  { slug: "members", name: "Members", key: "m", group: "People" },
  { slug: "access", name: "Access", key: "c", group: "People" },
  { slug: "access-reviews", name: "Access reviews", key: "v", group: "People" },
  { slug: "api-keys", name: "API keys", key: "k", group: "Connect" },
  { slug: "secrets", name: "Secrets", key: "x", group: "Connect" },
  { slug: "adapters", name: "Adapters", key: "d", group: "Connect" },
  { slug: "metering", name: "Usage", key: "u", group: "Tenant" },
  { slug: "billing", name: "Billing", key: "b", group: "Tenant" },
  { slug: "settings", name: "Settings", key: "t", group: "Tenant" },
];

/** The address of a page of a tenant. */
export const placeHref = (tenant: string, slug: string) => `/t/${tenant}/${slug}`;
