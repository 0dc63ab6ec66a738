import { eq } from "drizzle-orm";
import { ROLES, type GovernanceProfile, type Role } from "@/policies/access/vocabulary";
import type { Governing } from "@/policies/packs/governing";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import type { SkuId } from "@/policies/entitlements/schema";
import type { AddOn } from "@/policies/entitlements/words";
import { shippedPolicy } from "@/policies/packs";
import { newId } from "@/server/kernel/ids";
import { appendLink } from "../chain";
import { entitlementOverrides, members, tenants, users } from "../schema";
import { type Tx, withoutTenant, withSystem, withTenant } from "../tenancy";
import type { Database } from "../client";

interface DemoTenant {
  slug: string;
  name: string;
  profile: GovernanceProfile;
  isOperator: boolean;
  /** Granted by hand for a year, as a demo sells nothing. */
  plan: SkuId;
  addOns?: AddOn[];
}

const TENANTS: readonly DemoTenant[] = [
  {
    ...{ slug: "acme", name: "Acme", profile: "conductor-governance-saas", isOperator: false },
    ...{ plan: "enterprise", addOns: ["incident"] },
  },
  { slug: "globex", name: "Globex", profile: "conductor-governance-saas", isOperator: false, plan: "pro" },
  {
    ...{ slug: "initech", name: "Initech", profile: "conductor-governance-white-label" },
    ...{ isOperator: false, plan: "white-label" },
  },
  { slug: "operator", name: "Operator", profile: "conductor-governance-internal", isOperator: true, plan: "internal" },
];

export interface DemoUser {
  email: string;
  role: Role;
  tenant: string;
}

/** A person per role in every demo tenant, such as workflow_author@acme.test. */
export function demoUsers(): DemoUser[] {
  return TENANTS.flatMap(({ slug }) => ROLES.map((role) => ({ email: `${role}@${slug}.test`, role, tenant: slug })));
}

const personName = (role: Role) => role.replace("_", " ").replace(/^./, (first) => first.toUpperCase());

async function seedTenant(tx: Tx, tenantId: string, tenant: DemoTenant, people: { id: string; role: Role }[]) {
  const { slug, name, profile, isOperator, plan, addOns = [] } = tenant;
  await tx.insert(tenants).values({ tenantId, slug, name, isOperator, governanceProfile: profile });
  await tx.insert(members).values(
    people.map(({ id, role }) => ({
      ...{ tenantId, id: newId("member"), userId: id, roles: [role] },
      ...{ region: "eu", businessUnit: "general", clearance: "confidential" as const },
    })),
  );
  const now = new Date();
  await tx.insert(entitlementOverrides).values({
    ...{ tenantId, id: newId("override"), plan, addOns, moreSeats: 0, catalogueVersion: CATALOGUE.version },
    ...{ reason: "A tenant of the demo.", grantedBy: "system", grantedAt: now },
    expiresAt: new Date(now.getTime() + 365 * 86_400_000),
  });
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: new Date().toISOString(), actor: "system" },
    ...{
      action: "tenant.seed",
      subject: `tenant:${tenantId}`,
      body: {
        revision: shippedPolicy(profile).revision,
        detail: { slug, members: people.length, plan },
      },
    },
  });
}

async function seedPerson(database: Database, email: string, role: Role): Promise<string> {
  return withoutTenant({ database }, async (tx) => {
    const [existing] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
    if (existing !== undefined) return existing.id;
    const id = newId("user");
    await tx.insert(users).values({ id, email, name: personName(role), emailVerified: new Date() });
    return id;
  });
}

/** The demo tenants and their people. A tenant that exists already is left as its people have made it. */
export async function seedDemo(database: Database): Promise<void> {
  const existing = await withSystem({ database }, "list-memberships", (tx) =>
    tx.select({ slug: tenants.slug }).from(tenants),
  );
  for (const tenant of TENANTS.filter(({ slug }) => !existing.some((row) => row.slug === slug))) {
    const people: { id: string; role: Role }[] = [];
    for (const { email, role } of demoUsers().filter((user) => user.tenant === tenant.slug))
      people.push({ id: await seedPerson(database, email, role), role });
    const tenantId = newId("tenant");
    await withTenant({ database, tenantId }, (tx) => seedTenant(tx, tenantId, tenant, people));
  }
}

export interface DemoMember {
  tenant: Governing & { tenantId: string; slug: string; name: string; isOperator: boolean };
  user: { id: string; email: string };
  rights: Pick<typeof members.$inferSelect, "roles" | "region" | "businessUnit" | "clearance">;
}

/** Everybody in a demo tenant with the rights they have now; nobody where it is gone. */
export async function listDemoMembers(database: Database, slug: string): Promise<DemoMember[]> {
  return withSystem({ database }, "list-memberships", (tx) =>
    tx
      .select({
        tenant: {
          ...{ tenantId: tenants.tenantId, slug: tenants.slug, name: tenants.name },
          ...{ isOperator: tenants.isOperator, governanceProfile: tenants.governanceProfile },
          ...{ tightening: tenants.tightening, pendingPolicy: tenants.pendingPolicy },
          followsDefault: tenants.followsDefault,
        },
        user: { id: users.id, email: users.email },
        rights: {
          ...{ roles: members.roles, region: members.region },
          ...{ businessUnit: members.businessUnit, clearance: members.clearance },
        },
      })
      .from(members)
      .innerJoin(tenants, eq(tenants.tenantId, members.tenantId))
      .innerJoin(users, eq(users.id, members.userId))
      .where(eq(tenants.slug, slug)),
  );
}
