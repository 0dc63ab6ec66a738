import { describe, expect, it } from "vitest";
import { makeMember, makeTenant, makeUser } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { decide } from "@/policies/access/decide";
import { ALL_ACTIONS } from "@/policies/access/vocabulary";
import { decideAccess, keepAccess } from "@/server/access-reviews";
import { makeCampaign } from "@/server/access-reviews/testing/campaign";
import { createApiKey } from "@/server/api-keys";
import { fixedClock } from "@/server/kernel/clock";
import { updateMember } from "@/server/members";
import { memberContext } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { policiesOf } from "@/server/verb";
import { getAccessMatrix, getAccessReport, whoCan, whyKeyCan, whyMemberCan } from "./index";

const db = useTestDatabase();
const DAY_MS = 86_400_000;

describe("whoCan", () => {
  it("names each member and key who may, by which rule, as policy itself decides", async () => {
    const { tenant, owner, rae, worker } = await makeCampaign(db.database);
    const key = await createApiKey(owner.ctx, { name: "CI", roles: ["operator"] });
    const question = { action: "run.start" as const, environment: "prod" as const, risk: "medium" as const };
    // Which keys there are is not for a reviewer.
    expect((await whoCan(rae.ctx, question)).may.map(({ id }) => id)).toEqual([worker.memberId]);
    const answer = await whoCan(owner.ctx, question);
    expect(answer.may.map(({ id, rules }) => [id, rules])).toEqual([
      ...[
        [worker.memberId, ["run-start"]],
        [key.id, ["run-start"]],
      ],
    ]);
    const resource = {
      ...{ subject: "run", tenantId: tenant.tenantId, environment: "prod", region: "eu", riskProfile: "medium" },
      ...{ businessUnit: "general", dataSensitivity: "internal", contributors: [] },
    };
    for (const { ctx, memberId } of [owner, rae, worker]) {
      const { allow } = decide(policiesOf(ctx.tenant), { principal: ctx.principal, action: "run.start", resource });
      expect(answer.may.some(({ id }) => id === memberId)).toBe(allow);
    }
  });

  it("names who has a role for it and lacks something else, and what that is", async () => {
    const { owner, worker } = await makeCampaign(db.database);
    const answer = await whoCan(owner.ctx, { action: "run.start", sensitivity: "restricted" });
    expect(answer).toMatchObject({ mayCount: 0, nearlyCount: 1, asked: 4 });
    expect(answer.nearly).toMatchObject([
      { id: worker.memberId, failed: ["cleared"], counterfactual: { cleared: true } },
    ]);
  });

  it("asks about a workflow as it is: nobody reviews what they wrote", async () => {
    const { tenant, owner, rae } = await makeCampaign(db.database);
    const both = await memberContext(db.database, tenant, { roles: ["workflow_author", "workflow_reviewer"] });
    const { workflowId } = await makePublished({ workflow_author: both, workflow_reviewer: rae.ctx });
    const { may, nearly, thing } = await whoCan(owner.ctx, { action: "workflow.review", workflowId });
    expect(thing).not.toBeNull();
    expect(may.map(({ name }) => name)).toEqual(["Rae Reviewer", "Sam Reviewer"]);
    expect(nearly).toMatchObject([{ denied: ["own-work"], failed: ["contributor"] }]);
  });

  it("does not tell of a workflow above the caller's clearance, nor of another tenant's", async () => {
    const { tenant, owner, rae, worker } = await makeCampaign(db.database);
    const { workflowId } = await makePublished({ workflow_author: worker.ctx, workflow_reviewer: rae.ctx });
    const low = await memberContext(db.database, tenant, { roles: ["read_only"], clearance: "public" });
    await expect(whoCan(low, { action: "run.start", workflowId })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(whoCan(owner.ctx, { action: "run.start", workflowId })).resolves.toMatchObject({ asked: 5 });
    const other = await makeCampaign(db.database);
    await expect(whoCan(other.owner.ctx, { action: "run.start", workflowId })).rejects.toMatchObject({
      code: "NotFound",
    });
  });
});

describe("whyMemberCan", () => {
  it("tells the rule, who gave the role and when, and what would take it away", async () => {
    const { owner, worker } = await makeCampaign(db.database);
    const { memberId } = worker;
    await updateMember(owner.ctx, { memberId, roles: ["operator", "workflow_author", "read_only"] });
    const answer = await whyMemberCan(owner.ctx, { memberId, action: "run.start" });
    expect(answer).toMatchObject({ allow: true, matched: ["run-start"], holder: { name: "Wim Worker" } });
    expect(answer.grants).toMatchObject([
      { role: "operator", by: null },
      { role: "workflow_author", by: null },
      { role: "read_only", by: "Olu Owner", at: expect.stringMatching(/^\d{4}-/) as string },
    ]);
    expect(answer.takesAway?.roles).toEqual(["operator", "workflow_author"]);
    expect(answer.takesAway?.relations).toContain("cleared");
    await updateMember(owner.ctx, { memberId, roles: ["read_only"] });
    const after = await whyMemberCan(owner.ctx, { memberId, action: "run.start" });
    expect(after).toMatchObject({ allow: false, failed: ["role"], takesAway: null });
    expect(after.whoCould).toContain("operator");
  });

  it("knows neither another tenant's member nor its key", async () => {
    const [mine, theirs] = [await makeCampaign(db.database), await makeCampaign(db.database)];
    const { memberId } = theirs.worker;
    const { id: apiKeyId } = await createApiKey(theirs.owner.ctx, { name: "CI", roles: ["operator"] });
    await expect(whyMemberCan(mine.owner.ctx, { memberId, action: "run.start" })).rejects.toMatchObject({
      code: "NotFound",
    });
    await expect(whyKeyCan(mine.owner.ctx, { apiKeyId, action: "run.start" })).rejects.toMatchObject({
      code: "NotFound",
    });
    const answer = await whyKeyCan(theirs.owner.ctx, { apiKeyId, action: "break_glass.open" });
    expect(answer).toMatchObject({ allow: false, failed: ["person"], grants: [] });
  });
});

describe("getAccessMatrix", () => {
  it("shows members and keys by action, by page and by text", async () => {
    const { owner, rae, worker } = await makeCampaign(db.database);
    await createApiKey(owner.ctx, { name: "CI", roles: ["operator"] });
    const first = await getAccessMatrix(owner.ctx, { subject: "member", limit: 4 });
    expect(first.actions).toEqual(["member.read", "member.invite", "member.update", "member.remove"]);
    expect(first.rows[0]).toMatchObject({ name: "Olu Owner", reach: ["yes", "yes", "yes", "yes"] });
    expect(first.rows[3]).toMatchObject({ id: worker.memberId, reach: ["yes", "no", "no", "no"] });
    const next = { subject: "member" as const, limit: 4, cursor: first.nextCursor ?? undefined };
    expect(await getAccessMatrix(rae.ctx, next)).toMatchObject({ rows: [], nextCursor: null });
    const rest = await getAccessMatrix(owner.ctx, next);
    expect(rest).toMatchObject({ rows: [{ kind: "api_key", name: "CI" }], nextCursor: null });
    const found = await getAccessMatrix(rae.ctx, { subject: "all", text: "WIM" });
    expect(found.rows).toHaveLength(1);
    expect(found.rows[0]?.reach).toHaveLength(ALL_ACTIONS.length);
  });

  it("stays one page of few queries for a thousand members", async () => {
    const tenant = await makeTenant(db.database);
    const reader = await memberContext(db.database, tenant, { roles: ["read_only"] });
    for (let made = 0; made < 1_000; made += 50)
      await Promise.all(
        Array.from({ length: 50 }, async () =>
          makeMember(db.database, tenant.tenantId, (await makeUser(db.database)).id, { roles: ["operator"] }),
        ),
      );
    const page = await getAccessMatrix(reader, { subject: "all", limit: 100 });
    expect(page.rows).toHaveLength(100);
    expect(page.nextCursor).not.toBeNull();
    const answer = await whoCan(reader, { action: "run.start" });
    expect(answer).toMatchObject({ asked: 1_001, mayCount: 1_000 });
    expect(answer.may).toHaveLength(200);
  });
});

describe("getAccessReport", () => {
  it("tells of roles that one person should not hold together, with why", async () => {
    const { rae, worker } = await makeCampaign(db.database);
    const { toxic, toxicCount } = await getAccessReport(rae.ctx, {});
    expect(toxicCount).toBe(1);
    expect(toxic).toMatchObject([{ id: worker.memberId, pair: "author-and-operator" }]);
  });

  it("tells of access that nobody looked at for 90 days, until somebody does", async () => {
    const clock = fixedClock(new Date());
    const { rae, sam, owner, worker, open, itemOf } = await makeCampaign(db.database, clock);
    expect((await getAccessReport(rae.ctx, {})).unreviewedCount).toBe(0);
    clock.advance(91 * DAY_MS);
    expect((await getAccessReport(rae.ctx, {})).unreviewedCount).toBe(4);
    const { reviewId } = await open({ dueAt: new Date(clock.now().getTime() + DAY_MS).toISOString() });
    await keepAccess(rae.ctx, { reviewId, items: [(await itemOf(reviewId, worker)).sent] });
    const role = { removedRoles: ["workflow_author" as const], keeps: false, comment: "Not needed." };
    await updateMember(owner.ctx, { memberId: sam.memberId, roles: ["workflow_reviewer", "workflow_author"] });
    await decideAccess(rae.ctx, { ...(await itemOf(reviewId, sam)).sent, ...role });
    const left = await getAccessReport(rae.ctx, {});
    expect(left.unreviewed.map(({ name }) => name)).toEqual(["Olu Owner", "Rae Reviewer"]);
    const { rows } = await getAccessMatrix(rae.ctx, {});
    expect(rows.map(({ isUnreviewed }) => isUnreviewed)).toEqual([true, true, false, false]);
  });
});
