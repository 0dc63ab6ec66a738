import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everythingStored } from "@/db/testing/everything";
import { makeMember, makeUser } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { linkIn, type SmtpSandbox, startSmtpSandbox } from "@/e2e/sandbox/smtp";
import { getApproval } from "@/server/approvals";
import { makeDesk, oneStage } from "@/server/approvals/testing/asking-run";
import { killRun } from "@/server/runs";
import { listNotifications, tellApprovers, tellRequester } from "@/server/notifications";
import { memberContext } from "@/server/testing/actors";
import { authDeps } from "@/server/testing/sign-in";
import type { TenantContext } from "@/server/verb";
import { mailApprover } from "./ask-approvers";

const db = useTestDatabase();
let smtp: SmtpSandbox;
beforeAll(async () => {
  smtp = await startSmtpSandbox();
});
afterAll(() => smtp.stop());

const emailOf = ({ actor }: TenantContext) => (actor.kind === "user" ? actor.email : "");

async function asked() {
  const desk = await makeDesk(db.database);
  const second = await memberContext(db.database, desk.tenant, { roles: ["workflow_reviewer"] });
  const { runId, approval } = await desk.asking(oneStage({ quorum: 2 }));
  const { call, env } = authDeps(db.database, { SMTP_URL: smtp.url });
  const mail = (who: TenantContext, stage = 0) =>
    mailApprover(call, env, {
      ...{ tenantId: desk.tenant.tenantId, approvalId: approval.id, stage, userId: who.principal.id },
    });
  /** The token of the link that somebody was mailed. */
  const linkOf = async (who: TenantContext) => {
    expect(await mail(who)).toBe("sent");
    return new URL(linkIn(await smtp.nextTo(emailOf(who)))).searchParams.get("link") ?? "";
  };
  return { ...desk, second, runId, approval, mail, linkOf };
}

describe("tellApprovers", () => {
  it("tells those who may decide, once, and neither author, requester nor those of lesser clearance", async () => {
    const { tenant, as, second, approval, ctx } = await asked();
    const roles = ["workflow_reviewer" as const];
    await memberContext(db.database, tenant, { roles, clearance: "public" });
    const told = await tellApprovers(ctx, approval.id, 0);
    expect(told.sort()).toEqual([as.workflow_reviewer.principal.id, second.principal.id].sort());
    await tellApprovers(ctx, approval.id, 0);
    const { rows } = await listNotifications(second, {});
    expect(rows).toMatchObject([{ title: "Sync orders waits for your approval: Ship A-1?" }]);
    expect(rows[0]?.href).toContain(approval.id);
    expect(await tellApprovers(ctx, approval.id, 1)).toEqual([]);
  });

  it("tells fifty at most", async () => {
    const { tenant, approval, ctx } = await asked();
    for (let made = 0; made < 55; made += 1)
      await makeMember(db.database, tenant.tenantId, (await makeUser(db.database)).id, {
        roles: ["workflow_reviewer"],
      });
    expect(await tellApprovers(ctx, approval.id, 0)).toHaveLength(50);
  });

  it("tells whoever asked what became of it", async () => {
    const { as, approval, ctx } = await asked();
    await tellRequester(ctx, approval.id, "expired");
    const { rows } = await listNotifications(as.operator, {});
    expect(rows[0]?.title).toBe("Sync orders: the approval that you asked for is expired");
  });
});

describe("49 a mailed link", () => {
  it("is looked at any number of times, decides once, and is stored nowhere", async () => {
    const { as, approval, linkOf, say } = await asked();
    const reviewer = as.workflow_reviewer;
    const link = await linkOf(reviewer);
    expect(link).toMatch(/^[\w-]{43}$/);
    const look = (who: TenantContext) => getApproval(who, { approvalId: approval.id, link });
    for (let opened = 0; opened < 3; opened += 1)
      expect(await look(reviewer)).toMatchObject({ linkState: "good", whyNot: null });
    await say(reviewer, approval, "approved", { link });
    expect(await look(reviewer)).toMatchObject({ linkState: "used" });
    await expect(say(reviewer, approval, "approved", { link })).rejects.toMatchObject({ code: "Forbidden" });
    const stored = await everythingStored(db.ownerUrl);
    expect(stored.filter(({ text }) => text.includes(link))).toEqual([]);
  });

  it("is the same one when it is mailed again", async () => {
    const { second, linkOf, mail } = await asked();
    const link = await linkOf(second);
    expect(await mail(second)).toBe("sent");
    const mails = smtp.mails.filter(({ recipients }) => recipients.includes(emailOf(second)));
    expect(mails.map((each) => new URL(linkIn(each)).searchParams.get("link"))).toEqual([link, link]);
  });

  it("does nothing for anybody else, who may decide without it", async () => {
    const { as, second, approval, linkOf, say } = await asked();
    const link = await linkOf(as.workflow_reviewer);
    expect(await getApproval(second, { approvalId: approval.id, link })).toMatchObject({ linkState: "foreign" });
    await expect(say(second, approval, "approved", { link })).rejects.toMatchObject({
      ...{ code: "PreconditionFailed", details: { reason: "link" } },
    });
    await expect(say(as.read_only, approval, "approved", { link })).rejects.toMatchObject({ code: "Forbidden" });
    await say(second, approval);
    expect(await getApproval(as.workflow_reviewer, { approvalId: approval.id, link })).toMatchObject({
      linkState: "good",
    });
  });

  it("opens no other request", async () => {
    const { as, linkOf, asking, say } = await asked();
    const link = await linkOf(as.workflow_reviewer);
    const other = await asking();
    const used = say(as.workflow_reviewer, other.approval, "approved", { link });
    await expect(used).rejects.toMatchObject({ details: { reason: "link" } });
    for (const odd of ["x", "0".repeat(43), "'; select 1"])
      await expect(say(as.workflow_reviewer, other.approval, "approved", { link: odd })).rejects.toMatchObject({
        details: { reason: "link" },
      });
  });

  it("is used up by a decision without it", async () => {
    const { second, approval, linkOf, say } = await asked();
    const link = await linkOf(second);
    await say(second, approval);
    expect(await getApproval(second, { approvalId: approval.id, link })).toMatchObject({ linkState: "used" });
  });

  it("is dead after a kill and after its time, and is not mailed then", async () => {
    const killed = await asked();
    const link = await killed.linkOf(killed.second);
    await killRun(killed.as.operator, { runId: killed.runId });
    await expect(killed.say(killed.second, killed.approval, "approved", { link })).rejects.toMatchObject({
      ...{ code: "Conflict", details: { status: "void" } },
    });
    expect(await killed.mail(killed.as.workflow_reviewer)).toBe("closed");
    const late = await asked();
    const lateLink = await late.linkOf(late.second);
    await late.runOut(late.approval.id);
    await expect(late.say(late.second, late.approval, "approved", { link: lateLink })).rejects.toMatchObject({
      ...{ code: "Conflict", message: "This request has expired." },
    });
    expect(await late.mail(late.second, 1)).toBe("closed");
  });
});
