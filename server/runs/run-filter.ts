import { and, between, eq, gte, ilike, lt, or, type SQL } from "drizzle-orm";
import type { z } from "zod";
import { containing } from "@/db/paging";
import { apiKeys, members, runs, users, workflows } from "@/db/schema";
import { ENVIRONMENTS } from "@/policies/access/vocabulary";
import { actorRef } from "@/server/kernel/actor";
import { invalid } from "@/server/kernel/errors";
import { allowedRows, clearedFor, type Scope } from "@/server/verb";
import type { Alternatives } from "./newest-runs";
import type { runFilterSchema } from "./schemas";

export type RunFilter = z.output<typeof runFilterSchema>;

/** So many things at most may be meant by a text: each is looked through on its own. */
const MEANT_MAX = 200;
const RUN_ID_START = /^run_[0-9a-f]{1,32}$/;
const REFERENCE = /^[a-z_]+:\w+$/;

function notTooMany(field: string, found: readonly string[]): readonly string[] {
  if (found.length <= MEANT_MAX) return found;
  throw invalid(`More than ${MEANT_MAX} match this text. Write more of it.`, { field, reason: "too-wide" });
}

/** The workflows within reach whose name or address holds a text. */
async function workflowsCalled(scope: Scope, text: string): Promise<readonly string[]> {
  const pattern = containing(text);
  const found = await scope.tx
    .select({ id: workflows.id })
    .from(workflows)
    .where(
      and(
        allowedRows(scope, "workflow.read", workflows),
        or(ilike(workflows.name, pattern), ilike(workflows.slug, pattern)),
      ),
    )
    .limit(MEANT_MAX + 1);
  return notTooMany(
    "text",
    found.map(({ id }) => id),
  );
}

/** Who is meant by a text: the caller, exactly one, or the members and keys whose name or address holds it. */
async function starters({ ctx, tx }: Scope, text: string): Promise<readonly string[]> {
  if (text === "me") return [actorRef(ctx.actor)];
  if (REFERENCE.test(text)) return [text];
  const pattern = containing(text);
  const people = await tx
    .select({ id: users.id })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, ctx.tenantId), or(ilike(users.name, pattern), ilike(users.email, pattern))))
    .limit(MEANT_MAX + 1);
  const keys = await tx
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), ilike(apiKeys.name, pattern)))
    .limit(MEANT_MAX + 1);
  return notTooMany("startedBy", [...people.map(({ id }) => `user:${id}`), ...keys.map(({ id }) => `api_key:${id}`)]);
}

/** The runs whose id begins with a text: ids of one kind have one length. */
function idsFrom(start: string): SQL | undefined {
  const length = "run_".length + 32;
  return between(runs.id, start.padEnd(length, "0"), start.padEnd(length, "f"));
}

/** What a filter asks of runs within the caller's reach, put for `newestRuns`. Refuses a text that means too many (Invalid). */
export async function askedOf(scope: Scope, filter: RunFilter): Promise<{ across: Alternatives[]; where?: SQL }> {
  const { workflowId, status, environment, riskProfile, businessUnit, dataSensitivity, region } = filter;
  const { startedBy, text, from, to } = filter;
  const across: Alternatives[] = [];
  const reach = clearedFor(scope, "run.read");
  across.push([
    runs.dataSensitivity,
    dataSensitivity === undefined ? reach : reach.filter((w) => w === dataSensitivity),
  ]);
  const isId = text !== undefined && RUN_ID_START.test(text);
  if (text !== undefined && !isId) across.push([runs.workflowId, await workflowsCalled(scope, text)]);
  if (startedBy !== undefined) across.push([runs.startedBy, await starters(scope, startedBy)]);
  // The index by status goes on with the environment.
  if (status !== undefined && workflowId === undefined && environment === undefined)
    across.push([runs.environment, ENVIRONMENTS]);
  const where = and(
    workflowId === undefined ? undefined : eq(runs.workflowId, workflowId),
    status === undefined ? undefined : eq(runs.status, status),
    environment === undefined ? undefined : eq(runs.environment, environment),
    riskProfile === undefined ? undefined : eq(runs.riskProfile, riskProfile),
    businessUnit === undefined ? undefined : eq(runs.businessUnit, businessUnit),
    region === undefined ? undefined : eq(runs.region, region),
    from === undefined ? undefined : gte(runs.createdAt, from),
    to === undefined ? undefined : lt(runs.createdAt, to),
    isId ? idsFrom(text) : undefined,
  );
  return { across, ...(where === undefined ? {} : { where }) };
}
