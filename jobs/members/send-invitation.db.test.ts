import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeUser, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { linkIn, type SmtpSandbox, startSmtpSandbox } from "@/e2e/sandbox/smtp";
import { acceptInvitation, inviteMember, revokeInvitation } from "@/server/members";
import { tenantWith, userContext } from "@/server/testing/actors";
import { authDeps } from "@/server/testing/sign-in";
import { mailInvitation } from "./send-invitation";

const db = useTestDatabase();
let smtp: SmtpSandbox;
beforeAll(async () => {
  smtp = await startSmtpSandbox();
});
afterAll(() => smtp.stop());

async function invited() {
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
  const email = `${unique("guest")}@example.test`;
  const { id: invitationId } = await inviteMember(as.tenant_admin, { email, roles: ["workflow_reviewer"] });
  const { call, env } = authDeps(db.database, { SMTP_URL: smtp.url });
  return { admin: as.tenant_admin, email, named: { tenantId: tenant.tenantId, invitationId }, call, env };
}

describe("mailInvitation", () => {
  it("mails a link by which the invited person joins", async () => {
    const { email, named, call, env } = await invited();
    expect(await mailInvitation(call, env, named)).toBe("sent");
    const mail = await smtp.nextTo(email);
    expect(mail.content.text).toContain("as workflow reviewer");
    const link = new URL(linkIn(mail));
    const guest = userContext(db.database, await makeUser(db.database, { email }));
    const invitationId = link.pathname.split("/").at(-1) ?? "";
    await acceptInvitation(guest, { invitationId, token: link.searchParams.get("token") ?? "" });
  });

  it("mails nothing for an invitation that ended meanwhile", async () => {
    const { admin, named, call, env } = await invited();
    await revokeInvitation(admin, { invitationId: named.invitationId });
    const before = smtp.mails.length;
    expect(await mailInvitation(call, env, named)).toBe("ended");
    expect(smtp.mails.length).toBe(before);
  });

  it("fails while the mail server is away, so that the engine tries again", async () => {
    const { named, call } = await invited();
    const gone = await startSmtpSandbox();
    await gone.stop();
    const { env } = authDeps(db.database, { SMTP_URL: gone.url });
    await expect(mailInvitation(call, env, named)).rejects.toMatchObject({ code: "Unavailable" });
  });
});
