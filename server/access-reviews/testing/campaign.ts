import type { Database } from "@/db/client";
import { makeMember, makeTenant, makeUser, type MadeTenant, type MemberAttributes } from "@/db/testing/factories";
import { type Clock, systemClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { findMembership, userContext } from "@/server/testing/actors";
import type { TenantContext } from "@/server/verb";
import { listReviewedAccess, openAccessReview } from "../index";

/** A member as tests of reviews need them: as a caller, and as a row. */
export interface Joined {
  memberId: string;
  ctx: TenantContext;
}

/** Brings a new person into a tenant. */
export async function join(
  database: Database,
  tenant: MadeTenant,
  roles: MemberAttributes["roles"],
  { name, clock = systemClock }: { name?: string; clock?: Clock } = {},
): Promise<Joined> {
  const person = await makeUser(database, name === undefined ? {} : { name });
  const memberId = await makeMember(database, tenant.tenantId, person.id, { roles });
  const user = userContext(database, person, clock);
  return { memberId, ctx: must(await findMembership(user, tenant.slug), "a member just made is found") };
}

const DAY_MS = 86_400_000;

/** A tenant with an owner, two reviewers and an operator; the reviewers are asked about all of them. */
export async function makeCampaign(database: Database, clock: Clock = systemClock) {
  const tenant = await makeTenant(database);
  const as = (roles: MemberAttributes["roles"], name: string) => join(database, tenant, roles, { name, clock });
  const [owner, rae] = [await as(["tenant_admin"], "Olu Owner"), await as(["workflow_reviewer"], "Rae Reviewer")];
  const sam = await as(["workflow_reviewer"], "Sam Reviewer");
  const worker = await as(["operator", "workflow_author"], "Wim Worker");
  const input = {
    ...{ title: "All access", reviewerIds: [rae.memberId, sam.memberId] },
    dueAt: new Date(clock.now().getTime() + 14 * DAY_MS).toISOString(),
  };
  const open = (over: Partial<Parameters<typeof openAccessReview>[1]> = {}) =>
    openAccessReview(owner.ctx, { ...input, ...over });
  /** The item about a holder, as a caller reads it. */
  const itemOf = async (reviewId: string, holder: { memberId: string }) => {
    const { rows } = await listReviewedAccess(owner.ctx, { reviewId });
    const item = must(
      rows.find(({ holderId }) => holderId === holder.memberId),
      "the review looks at the holder",
    );
    return { item, sent: { itemId: item.id, accessHash: item.accessHash ?? `sha256:${"0".repeat(64)}` } };
  };
  return { tenant, owner, rae, sam, worker, input, open, itemOf };
}
