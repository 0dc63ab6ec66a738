/** A page of a tenant: its address, its name, and the key that goes there after `g`. */
export interface Place {
  slug: string;
  name: string;
  key: string;
}

/** The pages of a tenant in the order of its navigation. */
export const PLACES: readonly Place[] = [
  { slug: "switchboard", name: "Switchboard", key: "s" },
  { slug: "workflows", name: "Workflows", key: "w" },
  { slug: "runs", name: "Runs", key: "r" },
  { slug: "approvals", name: "Approvals", key: "a" },
  { slug: "receipts", name: "Receipts", key: "e" },
  { slug: "policy", name: "Policy", key: "p" },
  { slug: "drift", name: "Drift", key: "f" },
  { slug: "members", name: "Members", key: "m" },
  { slug: "access", name: "Access", key: "c" },
  { slug: "access-reviews", name: "Access reviews", key: "v" },
  { slug: "api-keys", name: "API keys", key: "k" },
  { slug: "secrets", name: "Secrets", key: "x" },
  { slug: "adapters", name: "Adapters", key: "d" },
  { slug: "metering", name: "Usage", key: "u" },
  { slug: "settings", name: "Settings", key: "t" },
];

/** The address of a page of a tenant. */
export const placeHref = (tenant: string, slug: string) => `/t/${tenant}/${slug}`;
