import { LinkTabs } from "@/app/_shared/link-tabs";

/** The pages about who belongs to the tenant. */
export function MemberTabs({ tenant, here }: { tenant: string; here: "members" | "auditors" }) {
  return (
    <LinkTabs
      label="Members"
      tabs={[
        { name: "Members", href: `/t/${tenant}/members`, isHere: here === "members" },
        { name: "Auditors", href: `/t/${tenant}/members/auditors`, isHere: here === "auditors" },
      ]}
    />
  );
}
