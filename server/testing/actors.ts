import type { Database } from "@/db/client";
import {
  makeMember,
  makeTenant,
  makeUser,
  type MadeTenant,
  type MadeUser,
  type MemberAttributes,
} from "@/db/testing/factories";
import { type Clock, systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { must } from "@/server/kernel/errors";
import { findSession, sessionCookieName } from "@/server/auth/session";
import { startSession } from "@/server/auth/start-session";
import type { TenantContext, UserContext } from "@/server/verb";

/** A signed-in person outside any tenant. */
export function userContext(database: Database, user: MadeUser, clock: Clock = systemClock): UserContext {
  return {
    ...{ database, clock, newId, requestId: newId("request") },
    user: { id: user.id, email: user.email, name: user.name },
    actor: { kind: "user", userId: user.id, email: user.email, sessionId: newId("session") },
  };
}

/** A person's context in a tenant as their next request would have it; null when they may not enter. */
export async function findMembership(user: UserContext, slug: string): Promise<TenantContext | null> {
  const { token } = await startSession(user, user.user.id, null);
  const caller = must(await findSession(user, token, null), "a session just started is found");
  return caller.tenants.find(({ tenant }) => tenant.slug === slug) ?? null;
}

/** A new person with these rights in a tenant, as the product itself would see them. */
export async function memberContext(
  database: Database,
  tenant: MadeTenant,
  attributes: MemberAttributes,
  clock: Clock = systemClock,
): Promise<TenantContext> {
  const user = await makeUser(database);
  await makeMember(database, tenant.tenantId, user.id, attributes);
  return must(await findMembership(userContext(database, user, clock), tenant.slug), "a member just made is found");
}

/** A tenant with one person per role named, each with nothing but that role. */
export async function tenantWith<const R extends MemberAttributes["roles"][number]>(
  database: Database,
  roles: readonly R[],
  clock: Clock = systemClock,
  given: Parameters<typeof makeTenant>[1] = {},
): Promise<{ tenant: MadeTenant; as: Record<R, TenantContext> }> {
  const tenant = await makeTenant(database, given);
  const entries: [R, TenantContext][] = [];
  for (const role of roles) entries.push([role, await memberContext(database, tenant, { roles: [role] }, clock)]);
  return { tenant, as: Object.fromEntries(entries) as Record<R, TenantContext> };
}

/** The same in a tenant that nobody granted anything, and that bought nothing. */
export const planlessTenantWith = <const R extends MemberAttributes["roles"][number]>(
  database: Database,
  roles: readonly R[],
) => tenantWith(database, roles, systemClock, { plan: null });

/** The cookie of a browser in which somebody has signed in, as it sends it over plain HTTP. */
export async function signedInCookie(ctx: TenantContext): Promise<string> {
  const { actor } = ctx;
  if (actor.kind !== "user") throw new Error("only people sign in");
  const { token } = await startSession(ctx, actor.userId, null);
  return `${sessionCookieName(false)}=${token}`;
}
