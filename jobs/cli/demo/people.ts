import type { Database } from "@/db/client";
import { type DemoMember, listDemoMembers } from "@/db/seed/demo";
import type { Role } from "@/policies/access/vocabulary";
import { systemClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import type { startRun } from "@/server/runs";

/** What every verb is called with. */
export type Person = Parameters<typeof startRun>[0];

function personOf(database: Database, { tenant, user, rights }: DemoMember): Person {
  const { tenantId, ...names } = tenant;
  return {
    ...{ database, clock: systemClock, newId, requestId: newId("request"), tenantId, tenant: names },
    // Nobody signed in: what asks for a sign-in a moment ago refuses, as it should.
    actor: { kind: "user", userId: user.id, email: user.email, sessionId: newId("session") },
    principal: { kind: "user", id: user.id, tenantId, ...rights },
  };
}

/** The people of a demo tenant, each with the rights that they have at this moment. */
export async function demoPeople(database: Database, slug: string): Promise<(role: Role) => Person> {
  const found = await listDemoMembers(database, slug);
  return (role) => {
    const address = `${role}@${slug}.test`;
    return personOf(
      database,
      must(
        found.find(({ user }) => user.email === address),
        `the demo has ${address}`,
      ),
    );
  };
}
