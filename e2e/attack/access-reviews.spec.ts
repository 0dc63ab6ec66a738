import { type Caller } from "../fixtures/caller";
import { fresh, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

interface Items {
  rows: { id: string; accessHash: string; snapshot: { email: string | null } }[];
}

const DAY_MS = 86_400_000;

/** A review of everybody, by the owner and the reviewer; and the item about a person. */
async function reviewOf(side: TenantSide) {
  const { rows } = await side.owner.ask<{ rows: { id: string; email: string }[] }>("members.list", { limit: 100 });
  const reviewers = rows.filter(({ email }) => [side.owner.email, side.reviewer.email].includes(email));
  const { reviewId } = await side.owner.ask<{ reviewId: string }>("accessReviews.open", {
    ...{ title: fresh("Attacked review"), reviewerIds: reviewers.map(({ id }) => id) },
    dueAt: new Date(Date.now() + DAY_MS).toISOString(),
  });
  const itemOf = async ({ email }: Caller) => {
    const items = await side.owner.ask<Items>("accessReviews.items", { reviewId, limit: 100 });
    const item = items.rows.find(({ snapshot }) => snapshot.email === email);
    return { itemId: item?.id ?? "", accessHash: item?.accessHash ?? "" };
  };
  const close = () => side.owner.ask("accessReviews.close", { reviewId, isIncomplete: true });
  return { reviewId, itemOf, close };
}

test("10 nobody decides about their own access, and nobody decides whom the review does not name", async ({
  sides: { a },
}) => {
  const { reviewId, itemOf, close } = await reviewOf(a);
  const refused = { status: 403, code: "Forbidden" };
  for (const own of [a.owner, a.reviewer]) {
    const item = await itemOf(own);
    expect(await own.attempt("accessReviews.decide", { ...item, keeps: true })).toMatchObject(refused);
    expect(await own.attempt("accessReviews.keep", { reviewId, items: [item] })).toMatchObject(refused);
    const taken = { ...item, keeps: false, comment: "Mine." };
    expect(await own.attempt("accessReviews.decide", taken)).toMatchObject(refused);
  }
  const item = await itemOf(a.operator);
  for (const other of [a.admin, a.author, a.operator, a.viewer])
    expect(await other.attempt("accessReviews.decide", { ...item, keeps: true })).toMatchObject(refused);
  for (const other of [a.reviewer, a.author, a.operator, a.viewer])
    expect(await other.attempt("accessReviews.close", { reviewId, isIncomplete: true })).toMatchObject(refused);
  await close();
});

test("5 another tenant's evidence record is not there", async ({ sides: { a, b } }) => {
  const { reviewId, itemOf, close } = await reviewOf(a);
  const item = await itemOf(a.operator);
  await close();
  const own = `/t/${a.slug}/access-reviews/${reviewId}/evidence`;
  expect((await a.owner.send(own)).status).toBe(200);
  for (const format of ["", "?format=csv"]) {
    expect((await b.owner.send(`${own}${format}`)).status).toBe(404);
    const answer = await b.owner.send(`/t/${b.slug}/access-reviews/${reviewId}/evidence${format}`);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain(a.slug);
  }
  for (const call of ["get", "items", "evidence", "close"])
    expect(await b.owner.attempt(`accessReviews.${call}`, { reviewId })).toMatchObject({ code: "NotFound" });
  expect(await b.reviewer.attempt("accessReviews.decide", { ...item, keeps: true })).toMatchObject({
    code: "NotFound",
  });
});
