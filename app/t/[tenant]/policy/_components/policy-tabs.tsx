import { LinkTabs } from "@/app/_shared/link-tabs";

const VIEWS = [
  { path: "", name: "What it says" },
  { path: "/changes", name: "Changes" },
  { path: "/break-glass", name: "Break-glass" },
  { path: "/decisions", name: "Decisions" },
] as const;

/** The views of a tenant's policy. */
export function PolicyTabs({ tenant, here }: { tenant: string; here: (typeof VIEWS)[number]["path"] }) {
  const tabs = VIEWS.map(({ path, name }) => ({ href: `/t/${tenant}/policy${path}`, name, isHere: path === here }));
  return <LinkTabs label="Views of the policy" tabs={tabs} />;
}
