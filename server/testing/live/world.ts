import { and, eq } from "drizzle-orm";
import { makeMember, makeTenant, type MadeTenant, makeUser, unique } from "@/db/testing/factories";
import type { Database } from "@/db/client";
import { DEFAULT_REGIONS, type GovernanceProfile, type Role } from "@/policies/access/vocabulary";
import { members } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { findSession } from "@/server/auth/session";
import { startSession } from "@/server/auth/start-session";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { userContext } from "@/server/testing/actors";
import { createCallerFactory } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";

const createCaller = createCallerFactory(appRouter);
export type Procedures = ReturnType<typeof createCaller>;

/** A person with a session, and what they can call in a tenant: each call reads their session and rights anew. */
export interface Person {
  userId: string;
  in(slug: string | undefined): Procedures;
}

const HOUR_MS = 3_600_000;

async function signedIn(database: Database): Promise<Person> {
  const user = await makeUser(database);
  const self = userContext(database, user);
  const { token } = await startSession(self, user.id, null);
  return {
    userId: user.id,
    in: (tenantSlug) =>
      createCaller({
        ...{ requestId: newId("request"), tenantSlug, limit: async () => undefined },
        signedIn: async () => must(await findSession(self, token, null), "a session that was just started is found"),
      }),
  };
}

/** A new person in a tenant, who is what a question's defaults say. */
async function memberOf(database: Database, tenantId: string, role: Role, isGlassBroken: boolean): Promise<Person> {
  const person = await signedIn(database);
  const region = must(DEFAULT_REGIONS[0], "there is a first region");
  await makeMember(database, tenantId, person.userId, { roles: [role], region, clearance: "internal" });
  if (isGlassBroken)
    await withTenant({ database, tenantId }, (tx) =>
      tx
        .update(members)
        .set({ breakGlassUntil: new Date(Date.now() + HOUR_MS) })
        .where(and(eq(members.tenantId, tenantId), eq(members.userId, person.userId))),
    );
  return person;
}

/** Keeps what is made, by what it is, until it is used up. */
export class Kept<Thing> {
  private readonly things = new Map<string, Promise<Thing>>();

  /** What is kept under a name, made when it is not there. */
  get(name: string, make: () => Promise<Thing>): Promise<Thing> {
    const thing = this.things.get(name) ?? make();
    this.things.set(name, thing);
    return thing;
  }

  useUp(name: string): void {
    this.things.delete(name);
  }
}

/** Tenants of one pack and the people in them. */
export interface World {
  database: Database;
  /** Whoever asks is of this one. */
  own: MadeTenant;
  other: MadeTenant;
  person(role: Role, isGlassBroken: boolean): Promise<Person>;
  /** Reviewers of the own tenant who see everything, by user id. */
  reviewers: readonly string[];
  /** A tenant for one question about the tenant itself, with the one who asks in it. */
  apart(role: Role, isGlassBroken: boolean, isOperator: boolean): Promise<{ tenant: MadeTenant; person: Person }>;
  things: Kept<unknown>;
}

type MakeTenant = (given?: { isOperator: boolean }) => Promise<MadeTenant>;

/** Tenants as people make them: under the pack that the deployment gives to new ones. */
export async function foundedBy(database: Database, profile: GovernanceProfile): Promise<MakeTenant> {
  const founder = await signedIn(database);
  return (given) =>
    // No procedure makes an operating tenant.
    given?.isOperator === true
      ? makeTenant(database, { profile, isOperator: true })
      : founder.in(undefined).tenants.create({ name: "Of scenarios", slug: unique("live") });
}

/** A world in which nobody has asked yet. */
export async function makeWorld(database: Database, newTenant: MakeTenant): Promise<World> {
  const [own, other] = [await newTenant(), await newTenant()];
  const people = new Kept<Person>();
  const reviewers: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    const { id } = await makeUser(database);
    await makeMember(database, own.tenantId, id, { roles: ["workflow_reviewer"], clearance: "restricted" });
    reviewers.push(id);
  }
  return {
    ...{ database, own, other, reviewers, things: new Kept() },
    person: (role, isGlassBroken) =>
      people.get(`${role} ${isGlassBroken}`, () => memberOf(database, own.tenantId, role, isGlassBroken)),
    apart: async (role, isGlassBroken, isOperator) => {
      const tenant = await newTenant({ isOperator });
      return { tenant, person: await memberOf(database, tenant.tenantId, role, isGlassBroken) };
    },
  };
}
