import type { DataSensitivity, GovernanceProfile, Role } from "@/policies/access/vocabulary";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import type { SkuId } from "@/policies/entitlements/schema";
import type { AddOn } from "@/policies/entitlements/words";
import { newId } from "@/server/kernel/ids";
import { entitlementOverrides, members, tenants, users } from "../schema";
import { withoutTenant, withTenant } from "../tenancy";
import type { Database } from "../client";

let count = 0;
/** A different word at every call, for slugs and addresses of one test run. */
export function unique(word: string): string {
  count += 1;
  return `${word}-${count}-${newId("event").slice(-6)}`;
}

export interface MadeTenant {
  tenantId: string;
  slug: string;
}

interface GivenTenant {
  slug?: string;
  name?: string;
  profile?: GovernanceProfile;
  isOperator?: boolean;
  /** Enterprise with all add-ons where left out, so that tests of what is locked ask for that; null: nobody granted anything. */
  plan?: SkuId | null;
}

/** Grants a plan to a tenant of tests, as an operator would, without a receipt. */
export async function grantPlanTo(
  database: Database,
  tenantId: string,
  plan: SkuId,
  addOns: AddOn[] = [],
): Promise<void> {
  await withTenant({ database, tenantId }, (tx) =>
    tx.insert(entitlementOverrides).values({
      ...{ tenantId, id: newId("override"), plan, addOns, moreSeats: 0, catalogueVersion: CATALOGUE.version },
      ...{ reason: "A tenant of tests.", grantedBy: "system", grantedAt: new Date(0) },
      // Beyond whatever clock a test sets.
      expiresAt: new Date("2999-01-01T00:00:00Z"),
    }),
  );
}

export async function makeTenant(database: Database, given: GivenTenant = {}): Promise<MadeTenant> {
  const tenantId = newId("tenant");
  const { slug = unique("tenant"), plan = "enterprise" } = given;
  const addOns: AddOn[] = given.plan === undefined ? ["incident"] : [];
  await withTenant({ database, tenantId }, (tx) =>
    tx.insert(tenants).values({
      tenantId,
      slug,
      name: given.name ?? slug,
      isOperator: given.isOperator ?? false,
      governanceProfile: given.profile ?? "conductor-governance-saas",
    }),
  );
  if (plan !== null) await grantPlanTo(database, tenantId, plan, addOns);
  return { tenantId, slug };
}

export interface MadeUser {
  id: string;
  email: string;
  name: string;
}

export async function makeUser(database: Database, given: { email?: string; name?: string } = {}): Promise<MadeUser> {
  const email = given.email ?? `${unique("person")}@example.test`;
  const user = { id: newId("user"), email, name: given.name ?? email.split("@")[0] ?? email };
  await withoutTenant({ database }, (tx) => tx.insert(users).values({ ...user, emailVerified: new Date() }));
  return user;
}

export interface MemberAttributes {
  roles: Role[];
  region?: string;
  businessUnit?: string;
  clearance?: DataSensitivity;
}

export async function makeMember(
  database: Database,
  tenantId: string,
  userId: string,
  { roles, region = "eu", businessUnit = "general", clearance = "confidential" }: MemberAttributes,
): Promise<string> {
  const id = newId("member");
  await withTenant({ database, tenantId }, (tx) =>
    tx.insert(members).values({ tenantId, id, userId, roles, region, businessUnit, clearance }),
  );
  return id;
}
