import { notFound } from "next/navigation";
import { cache } from "react";
import { policiesOf } from "@/server/trpc/request";
import { load } from "./load";
import { readersTenants } from "./server";

/** The tenants the reader is a member of, and among them the one of this address; not found when they are no member. */
export const enterTenant = cache(async (slug: string) => {
  const own = (await load(readersTenants())).map(({ tenant, principal, auditor }) => ({
    tenantId: principal.tenantId,
    /** The user id of whoever reads. */
    readerId: principal.id,
    slug: tenant.slug,
    name: tenant.name,
    isOperator: tenant.isOperator,
    governanceProfile: tenant.governanceProfile,
    policies: policiesOf(tenant),
    /** The deployment's. */
    regions: policiesOf(tenant)[0].regions,
    roles: principal.roles,
    /** Of an auditor: when it ends, ISO 8601. */
    auditorUntil: auditor?.until.toISOString() ?? null,
  }));
  const here = own.find((tenant) => tenant.slug === slug);
  if (here === undefined) notFound();
  return { own, here };
});
