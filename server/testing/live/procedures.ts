import { and, eq, isNull } from "drizzle-orm";
import { TRPCError } from "@trpc/server";
import { unique } from "@/db/testing/factories";
import { approvals, deploymentKills } from "@/db/schema";
import { withoutTenant, withTenant } from "@/db/tenancy";
import { type Role, ROLES } from "@/policies/access/vocabulary";
import type { Scenario } from "@/policies/simulate/scenarios";
import { must, Refusal } from "@/server/kernel/errors";
import {
  definitionFor,
  makeApproval,
  makeHold,
  makeReviews,
  makeRun,
  makeTrigger,
  makeVersion,
  type Spot,
} from "./rows";
import type { Person, Procedures, World } from "./world";

type Ask = Scenario["ask"];

/** Who has to agree first, where the procedure tells: the stages in words, or how many people. */
export interface Answered {
  stages?: string;
  people?: number;
}

interface Asking {
  world: World;
  ask: Ask;
  role: Role;
  person: Person;
  /** What the person can call in their tenant. */
  call: Procedures;
  spot: Spot;
}

type Live = (asking: Asking) => Promise<Answered>;

const reason = "A scenario asks";
const nothing: Answered = {};

/** Makes a thing or takes one that is like it, calls, and gives it up once a call has changed it. */
function telling<Thing>(
  make: (asking: Asking) => Promise<Thing>,
  call: (asking: Asking, thing: Thing) => Promise<Answered>,
  after: "kept" | "used up" = "used up",
): Live {
  const kind = unique("kind");
  return async (asking) => {
    const { world, ask, spot, person } = asking;
    const { action: _action, break_glass: _open, same_tenant: _same, ...like } = ask;
    const name = JSON.stringify([kind, spot.tenantId, person.userId, like]);
    // What is kept under a name was made by the same `make`.
    const thing = (await world.things.get(name, () => make(asking))) as Thing;
    const answered = await call(asking, thing);
    if (after === "used up") world.things.useUp(name);
    return answered;
  };
}

/** The same for a procedure that says nothing of who has to agree. */
function about<Thing>(
  make: (asking: Asking) => Promise<Thing>,
  call: (asking: Asking, thing: Thing) => Promise<unknown>,
  after: "kept" | "used up" = "used up",
): Live {
  return telling(make, (asking, thing) => call(asking, thing).then(() => nothing), after);
}

const contributorsOf = ({ ask, person }: Asking) => (ask.contributor === true ? [person.userId] : []);
const version = (status: "draft" | "in_review" | "published") => (asking: Asking) =>
  makeVersion(asking.spot, status, contributorsOf(asking));
const run = ({ spot }: Asking) => makeRun(spot);
const trigger = ({ spot }: Asking) => makeTrigger(spot);

function approval(asking: Asking) {
  const { ask, role, person, spot } = asking;
  const [another] = ROLES.filter((each) => each !== role);
  return makeApproval(spot, {
    role: ask.other_role_asked === true ? must(another, "there are several roles") : role,
    contributors: contributorsOf(asking),
    requesters: ask.requester === true ? [person.userId] : [],
    voters: ask.decided_before === true ? [person.userId] : [],
  });
}

/** Nobody names a tenant for a new workflow: another tenant's is one to save. */
const author: Live = (asking) =>
  asking.ask.same_tenant === false
    ? about(version("draft"), ({ call, ask }, { workflowId, contentHash }) =>
        call.workflows.saveDraft({ workflowId, baseHash: contentHash, definition: definitionFor(ask) as never }),
      )(asking)
    : asking.call.workflows
        .create({ slug: unique("written"), definition: definitionFor(asking.ask) as never })
        .then(() => nothing);

const isUnapproved = (error: unknown): error is TRPCError & { cause: Refusal } =>
  error instanceof TRPCError && error.code === "PRECONDITION_FAILED" && error.cause instanceof Refusal;

/** Publishes once without anybody's approval; where that needs some, so many are given. */
const publish = telling(version("in_review"), async ({ world, call, spot }, { versionId, contentHash }) => {
  try {
    await call.workflows.publish({ versionId, contentHash });
    return { people: 0 };
  } catch (error) {
    if (!isUnapproved(error) || typeof error.cause.details.needed !== "number") throw error;
    const people = error.cause.details.needed;
    await makeReviews(spot, { versionId, contentHash }, world.reviewers.slice(0, people));
    await call.workflows.publish({ versionId, contentHash });
    return { people };
  }
});

const start = telling(version("published"), async ({ call, spot }, { workflowId }) => {
  const { runId, awaitsApproval } = await call.runs.start({ workflowId });
  if (!awaitsApproval) return { stages: "" };
  const ofRun = and(eq(approvals.tenantId, spot.tenantId), eq(approvals.runId, runId));
  const [asked] = await withTenant(spot, (tx) => tx.select().from(approvals).where(ofRun));
  const { stages } = must(asked, "a run that waits for approval has asked for it");
  return {
    stages: stages.map(({ role, quorum, expires_hours: h }) => `${quorum} × ${role} within ${h} h`).join(", "),
  };
});

/** A kill of all tenants is lifted at once: it lies on those of every other scenario. */
async function killAll({ call, world }: Asking): Promise<Answered> {
  await call.holds.killAllTenants({ reason });
  await withoutTenant(world, (tx) =>
    tx
      .update(deploymentKills)
      .set({ liftedBy: "user:usr_tests", liftedAt: new Date(), settledAt: new Date() })
      .where(isNull(deploymentKills.liftedAt)),
  );
  return nothing;
}

/** What is asked live, by action: the thing that it needs, and the procedure. */
export const LIVE: Readonly<Partial<Record<string, Live>>> = {
  author,
  submit: about(version("draft"), ({ call }, { versionId }) => call.workflows.submit({ versionId })),
  review: about(version("in_review"), ({ call }, { versionId, contentHash }) =>
    call.workflows.review({ versionId, contentHash, verdict: "approved" }),
  ),
  publish,
  run: start,
  approve: about(approval, ({ call }, { approvalId, contentHash }) =>
    call.approvals.decide({ approvalId, contentHash, verdict: "approved" }),
  ),
  kill: about(run, ({ call }, { runId }) => call.runs.kill({ runId })),
  pause: about(version("published"), ({ call }, { workflowId }) => call.holds.pauseWorkflow({ workflowId, reason })),
  "run.cancel": about(run, ({ call }, { runId }) => call.runs.cancel({ runId })),
  "run.read": about(run, ({ call }, { runId }) => call.runs.get({ runId }), "kept"),
  "approval.read": about(approval, ({ call }, { approvalId }) => call.approvals.get({ approvalId }), "kept"),
  "workflow.read": about(version("published"), ({ call }, { slug }) => call.workflows.get({ slug }), "kept"),
  "workflow.retire": about(version("published"), ({ call }, { workflowId }) => call.workflows.retire({ workflowId })),
  "workflow.kill": about(version("published"), ({ call }, { workflowId }) =>
    call.holds.killWorkflow({ workflowId, reason }),
  ),
  "workflow.lift": about(
    ({ spot }) => makeHold(spot, "kill"),
    ({ call }, { holdId }) => call.holds.liftWorkflowKill({ holdId }),
  ),
  "workflow.resume": about(
    ({ spot }) => makeHold(spot, "pause"),
    ({ call }, { holdId }) => call.holds.resumeWorkflow({ holdId }),
  ),
  "trigger.read": about(version("published"), ({ call }, { workflowId }) => call.triggers.list({ workflowId }), "kept"),
  "trigger.expose": about(version("published"), ({ call }, { workflowId }) =>
    call.triggers.createWebhook({ workflowId, name: "Hook" }),
  ),
  "trigger.schedule": about(version("published"), ({ call }, { workflowId }) =>
    call.triggers.createSchedule({ workflowId, name: "Daily", cron: "0 6 * * *", zone: "UTC" }),
  ),
  "trigger.subscribe": about(version("published"), ({ call }, { workflowId }) =>
    call.triggers.createEvent({ workflowId, name: "Placed", event: "orders.placed" }),
  ),
  "trigger.disable": about(trigger, ({ call }, { triggerId }) => call.triggers.disable({ triggerId })),
  "trigger.delete": about(trigger, ({ call }, { triggerId }) => call.triggers.delete({ triggerId })),
  "tenant.kill": ({ call }) => call.holds.killTenant({ reason }).then(() => nothing),
  "tenant.pause": ({ call }) => call.holds.pauseTenant({ reason }).then(() => nothing),
  "deployment.kill": killAll,
};

/** Asks as the person of the scenario, in their tenant. What is of another tenant, is of the other one or called there. */
export async function askProcedure(world: World, ask: Ask): Promise<Answered> {
  const live = must(LIVE[ask.action], "what is asked live has a procedure");
  const role = must(
    ROLES.find((each) => each === ask.role),
    "a scenario names a role",
  );
  const isGlassBroken = ask.break_glass === true;
  const isForeign = ask.same_tenant === false;
  const common = { world, ask, role };
  const place = { database: world.database, ask };
  if (/^(tenant|deployment)\./.test(ask.action)) {
    const isOfAll = ask.action.startsWith("deployment.");
    const { tenant, person } = await world.apart(role, isGlassBroken, isOfAll && !isForeign);
    const { tenantId } = tenant;
    const call = person.in(isForeign && !isOfAll ? world.other.slug : tenant.slug);
    return live({ ...common, person, call, spot: { ...place, tenantId } });
  }
  const person = await world.person(role, isGlassBroken);
  const { tenantId } = isForeign ? world.other : world.own;
  return live({ ...common, person, call: person.in(world.own.slug), spot: { ...place, tenantId } });
}
