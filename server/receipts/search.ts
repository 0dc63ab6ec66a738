import { and, eq, ilike, inArray, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { containing } from "@/db/paging";
import {
  apiKeys,
  invitations,
  members,
  receipts,
  runs,
  secrets,
  users,
  workflows,
  workflowVersions,
} from "@/db/schema";
import { clearedFor, type Scope } from "@/server/verb";
import { pastedSubject } from "./domain/reference";

/** Everyone who is or was a member, as far as the receipts know: who they are, and what receipts call their membership. */
function everyMember({ ctx, tx }: Scope) {
  const now = tx
    .select({
      userId: sql<string>`${members.userId}`.as("user_id"),
      subject: sql<string>`'member:' || ${members.id}`.as("subject"),
    })
    .from(members)
    .where(eq(members.tenantId, ctx.tenantId));
  const gone = tx
    .select({
      userId: sql<string>`coalesce(${receipts.body} -> 'detail' ->> 'userId', substr(${receipts.actor}, 6))`.as(
        "user_id",
      ),
      subject: sql<string>`${receipts.subject}`.as("subject"),
    })
    .from(receipts)
    .where(and(eq(receipts.tenantId, ctx.tenantId), inArray(receipts.action, ["member.remove", "member.leave"])));
  return union(now, gone).as("every_member");
}

function people(scope: Scope, text: string) {
  const every = everyMember(scope);
  const pattern = containing(text);
  return scope.tx
    .select({ userId: every.userId, subject: every.subject })
    .from(every)
    .innerJoin(users, eq(users.id, every.userId))
    .where(or(ilike(users.name, pattern), ilike(users.email, pattern)))
    .as("people");
}

const refer = (kind: string, id: SQLWrapper) => sql<string>`${kind} || ':' || ${id}`;

// Sets beside each other with `or`, where one `in` over their union would do: the planner keeps them as sets to look
// into, and walks the chain from its newest end only until the page is full.

/** Receipts of whoever's name or address holds this text: people, also those who left, and API keys. */
export function byPerson(scope: Scope, text: string): SQL | undefined {
  const { ctx, tx } = scope;
  const found = people(scope, text);
  const keys = and(eq(apiKeys.tenantId, ctx.tenantId), ilike(apiKeys.name, containing(text)));
  return or(
    inArray(receipts.actor, tx.select({ reference: refer("user", found.userId) }).from(found)),
    inArray(
      receipts.actor,
      tx
        .select({ reference: refer("api_key", apiKeys.id) })
        .from(apiKeys)
        .where(keys),
    ),
  );
}

/** Receipts of the thing whose id this is, or of all whose name holds it; for a workflow its versions and runs too. */
export function ofThing(scope: Scope, text: string): SQL | undefined {
  const pasted = pastedSubject(text);
  if (pasted !== null) return eq(receipts.subject, pasted);
  const { ctx, tx } = scope;
  const pattern = containing(text);
  const flows = tx
    .select({ id: workflows.id })
    .from(workflows)
    .where(
      and(
        eq(workflows.tenantId, ctx.tenantId),
        inArray(workflows.dataSensitivity, clearedFor(scope, "workflow.read")),
        or(ilike(workflows.name, pattern), ilike(workflows.slug, pattern)),
      ),
    );
  const ofFlows = (table: typeof workflowVersions | typeof runs) =>
    and(
      eq(table.tenantId, ctx.tenantId),
      inArray(table.dataSensitivity, clearedFor(scope, table === runs ? "run.read" : "workflow.read")),
      inArray(table.workflowId, flows),
    );
  const found = people(scope, text);
  const guests = and(eq(invitations.tenantId, ctx.tenantId), ilike(invitations.email, pattern));
  const keys = and(eq(apiKeys.tenantId, ctx.tenantId), ilike(apiKeys.name, pattern));
  const sealed = and(eq(secrets.tenantId, ctx.tenantId), ilike(secrets.name, pattern));
  const flow = flows.as("flow");
  return or(
    inArray(receipts.subject, tx.select({ reference: refer("workflow", flow.id) }).from(flow)),
    inArray(
      receipts.subject,
      tx
        .select({ reference: refer("workflow_version", workflowVersions.id) })
        .from(workflowVersions)
        .where(ofFlows(workflowVersions)),
    ),
    inArray(
      receipts.subject,
      tx
        .select({ reference: refer("run", runs.id) })
        .from(runs)
        .where(ofFlows(runs)),
    ),
    inArray(
      receipts.subject,
      tx
        .select({ reference: refer("secret", secrets.id) })
        .from(secrets)
        .where(sealed),
    ),
    inArray(receipts.subject, tx.select({ reference: found.subject }).from(found)),
    inArray(
      receipts.subject,
      tx
        .select({ reference: refer("invitation", invitations.id) })
        .from(invitations)
        .where(guests),
    ),
    inArray(
      receipts.subject,
      tx
        .select({ reference: refer("api_key", apiKeys.id) })
        .from(apiKeys)
        .where(keys),
    ),
  );
}
