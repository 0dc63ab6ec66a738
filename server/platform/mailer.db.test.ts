import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { type SmtpSandbox, startSmtpSandbox } from "@/e2e/sandbox/smtp";
import { listOutbox } from "@/server/auth/list-outbox";
import { sendMail, smtpMailer } from "./mailer";

const db = useTestDatabase();
const FROM = "Maestro Conductor <conductor@example.test>";
const mail = { to: "ada@example.test", subject: "Grüße", text: "Plain words", html: "<p>Marked words</p>" };
let smtp: SmtpSandbox;
beforeAll(async () => {
  smtp = await startSmtpSandbox();
});
afterAll(() => smtp.stop());

describe("sendMail", () => {
  it("hands a mail to the mail server, whole", async () => {
    await sendMail({ database: db.database, env: { SMTP_URL: smtp.url, MAIL_FROM: FROM } }, mail);
    const { recipients, content } = await smtp.nextTo(mail.to);
    expect(recipients).toEqual([mail.to]);
    expect(content).toMatchObject({
      from: { name: "Maestro Conductor", address: "conductor@example.test" },
      to: [{ address: mail.to }],
      ...{ subject: mail.subject, text: "Plain words\n", html: "<p>Marked words</p>\n" },
    });
  });

  it("keeps a mail for the Outbox page when there is no mail server", async () => {
    await sendMail({ database: db.database, env: { SMTP_URL: undefined, MAIL_FROM: FROM } }, mail);
    const [kept] = await listOutbox(db.database, { CONDUCTOR_MODE: "local", SMTP_URL: undefined });
    expect(kept).toMatchObject({ channel: "email", recipient: mail.to, subject: mail.subject, text: "Plain words" });
  });

  it("refuses with Unavailable when the mail server is away, and when it turns the mail down", async () => {
    const gone = await startSmtpSandbox();
    await gone.stop();
    await expect(smtpMailer(gone.url, FROM).send(mail)).rejects.toMatchObject({ code: "Unavailable" });
    const strict = smtpMailer(smtp.url, FROM).send({ ...mail, to: "not an address" });
    await expect(strict).rejects.toMatchObject({ code: "Unavailable" });
  });

  it("adds no header and no recipient that stands in the content", async () => {
    const subject = "Hello\r\nBcc: eve@example.test";
    const before = smtp.mails.slice();
    await smtpMailer(smtp.url, FROM).send({ ...mail, subject });
    const { recipients, content } = await smtp.nextTo(mail.to, before);
    expect(recipients).toEqual([mail.to]);
    expect(content.bcc).toBeUndefined();
  });
});

describe("listOutbox", () => {
  it("exists neither in production nor beside a mail server", async () => {
    for (const env of [
      { CONDUCTOR_MODE: "production" as const, SMTP_URL: undefined },
      { CONDUCTOR_MODE: "demo" as const, SMTP_URL: smtp.url },
    ])
      await expect(listOutbox(db.database, env)).rejects.toMatchObject({ code: "NotFound" });
  });
});
