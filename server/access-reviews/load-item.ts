import { and, eq, inArray } from "drizzle-orm";
import { accessReviewItems, accessReviews, apiKeys, members } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import { refusal } from "@/policies/access/decide";
import { conflict, notFound } from "@/server/kernel/errors";
import { lockTenant } from "@/server/members";
import { Denied, type Loaded, revisionOf, type Scope } from "@/server/verb";
import { type Access, accessHash } from "./domain/access";
import { keyAccess, memberAccess, presentHolders } from "./holders";
import { type ReviewRow, reviewResource } from "./load";
import { peopleBehindKeys } from "./take-snapshot";

export type ItemRow = typeof accessReviewItems.$inferSelect;
type MemberRow = typeof members.$inferSelect;
type KeyRow = typeof apiKeys.$inferSelect;

/** Who has the access that is decided about, as they are now; null when they have none any more. */
export type Holder = { kind: "member"; row: MemberRow } | { kind: "api_key"; row: KeyRow } | null;

async function findHolder({ ctx, tx, now }: Scope, { kind, holderId }: ItemRow): Promise<Holder> {
  if (kind === "member") {
    const [row] = await tx
      .select()
      .from(members)
      .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, holderId), isStanding(now)));
    return row === undefined ? null : { kind, row };
  }
  const [row] = await tx
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), eq(apiKeys.id, holderId)))
    .for("update");
  return row === undefined || row.revokedAt !== null || row.expiresAt <= now ? null : { kind, row };
}

export const accessOf = (holder: Exclude<Holder, null>): Access =>
  holder.kind === "member" ? memberAccess(holder.row) : keyAccess(holder.row);

/** The most people whom policy takes for one thing. */
const PEOPLE_MAX = 1_000;

/** Whom each of these is about by now: who was given a key's secret since then too. By item id. */
async function aboutNow({ ctx, tx }: Scope, items: readonly ItemRow[]): Promise<Map<string, string[]>> {
  const keys = items.filter(({ kind }) => kind === "api_key").map(({ holderId }) => holderId);
  const behind = await peopleBehindKeys(tx, ctx.tenantId, keys);
  return new Map(
    items.map(({ id, holderId, about }) => [
      id,
      [...new Set([...about, ...(behind.get(holderId) ?? [])])].slice(-PEOPLE_MAX),
    ]),
  );
}

/** One item with its review and its holder, the tenant locked. Policy is asked about whomever it is about by now. */
export async function loadItem(scope: Scope, { itemId }: { itemId: string }) {
  const { ctx, tx } = scope;
  await lockTenant(tx, ctx.tenantId);
  const [found] = await tx
    .select({ item: accessReviewItems, review: accessReviews })
    .from(accessReviewItems)
    .innerJoin(
      accessReviews,
      and(eq(accessReviews.tenantId, accessReviewItems.tenantId), eq(accessReviews.id, accessReviewItems.reviewId)),
    )
    .where(and(eq(accessReviewItems.tenantId, ctx.tenantId), eq(accessReviewItems.id, itemId)));
  if (found === undefined) throw notFound("item of an access review");
  const holder = await findHolder(scope, found.item);
  const about = (await aboutNow(scope, [found.item])).get(itemId);
  return {
    ...found,
    holder,
    resource: reviewResource(ctx.tenantId, about),
    subject: `access_review:${found.review.id}`,
  };
}

/** Items of one review with what their holders have now, the tenant locked by who loaded the review; throws NotFound. */
export async function loadItems(scope: Scope, reviewId: string, itemIds: readonly string[]) {
  const { ctx, tx, now } = scope;
  const rows = await tx
    .select()
    .from(accessReviewItems)
    .where(
      and(
        ...[eq(accessReviewItems.tenantId, ctx.tenantId), eq(accessReviewItems.reviewId, reviewId)],
        inArray(accessReviewItems.id, [...itemIds]),
      ),
    );
  if (rows.length < itemIds.length) throw notFound("item of an access review");
  const present = await presentHolders(tx, ctx.tenantId, rows, now);
  const about = await aboutNow(scope, rows);
  return rows.map((item) => ({
    ...{ item, access: present.get(item.holderId) ?? null, about: about.get(item.id) ?? item.about },
  }));
}

/** Throws Forbidden, on record like any denial, for somebody whom the review does not name. */
export function authoriseReviewer({ ctx }: Scope, { resource, subject }: Loaded, review: ReviewRow): void {
  if (review.reviewers.includes(ctx.principal.id)) return;
  throw new Denied("access_review.decide", resource, subject, refusal(revisionOf(ctx.tenant), "not_its_reviewer"));
}

/** Gives what the holder has, if that can be decided about now and is what was read; throws Conflict. */
export function decidableAccess(review: ReviewRow, item: ItemRow, access: Access | null, hash: string): Access {
  if (review.status !== "open") throw conflict("This review is closed.", { status: review.status });
  if (item.verdict !== null) throw conflict(`It was decided already about ${item.name}.`, { verdict: item.verdict });
  if (access === null) throw conflict(`${item.name} has no access here any more: there is nothing to decide.`);
  if (accessHash(access) !== hash)
    throw conflict(`What ${item.name} may do was changed since you read it. Read it again first.`, {
      reason: "changed",
    });
  return access;
}
