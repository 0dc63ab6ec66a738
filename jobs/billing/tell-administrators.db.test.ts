import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { linkIn, type SmtpSandbox, startSmtpSandbox } from "@/e2e/sandbox/smtp";
import { noticeWords } from "@/server/billing";
import { newId } from "@/server/kernel/ids";
import { listNotifications, tellOfBilling } from "@/server/notifications";
import { tenantWith } from "@/server/testing/actors";
import { authDeps } from "@/server/testing/sign-in";
import type { TenantContext } from "@/server/verb";
import { mailAdministrator } from "./tell-administrators";

const db = useTestDatabase();
let smtp: SmtpSandbox;
beforeAll(async () => {
  smtp = await startSmtpSandbox();
});
afterAll(() => smtp.stop());

const emailOf = ({ actor }: TenantContext) => (actor.kind === "user" ? actor.email : "");
const at = "2026-03-05T10:00:00.000Z";
const failed = { kind: "payment-failed" as const, amountCents: 55_700, currency: "usd", at };

describe("a notice about payments", () => {
  it("is told to administrators alone, once, in the app", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin", "operator", "workflow_author"]);
    const { title } = noticeWords(failed);
    const tell = () => tellOfBilling(as.tenant_admin, { key: "payment-failed:in_1:1", title });
    expect(await tell()).toEqual([as.tenant_admin.principal.id]);
    await tell();
    const { rows } = await listNotifications(as.tenant_admin, {});
    expect(rows).toMatchObject([{ title: "A payment of $557.00 failed" }]);
    expect(rows[0]?.href).toMatch(/\/billing$/);
    expect((await listNotifications(as.operator, {})).rows).toEqual([]);
  });

  it("is mailed with the page on which it is settled, and what follows if it is not", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin", "conductor_admin"]);
    const { env } = authDeps(db.database, { SMTP_URL: smtp.url });
    const mail = (userId: string, url: string | null, kind: Parameters<typeof noticeWords>[0]) =>
      mailAdministrator(
        { database: db.database, env },
        { tenantId: tenant.tenantId, userId, url, words: noticeWords(kind) },
      );
    expect(await mail(as.tenant_admin.principal.id, "https://pay.example.test/in_1", failed)).toBe("sent");
    const first = await smtp.nextTo(emailOf(as.tenant_admin));
    expect(linkIn(first)).toBe("https://pay.example.test/in_1");
    expect(await mail(as.conductor_admin.principal.id, null, { ...failed, kind: "trial-ending" })).toBe("sent");
    expect(linkIn(await smtp.nextTo(emailOf(as.conductor_admin)))).toMatch(/\/t\/[^/]+\/billing$/);
  });

  it("is mailed to nobody who is gone", async () => {
    const { tenant } = await tenantWith(db.database, ["tenant_admin"]);
    const { env } = authDeps(db.database, { SMTP_URL: smtp.url });
    const gone = { tenantId: tenant.tenantId, userId: newId("user"), url: null, words: noticeWords(failed) };
    expect(await mailAdministrator({ database: db.database, env }, gone)).toBe("gone");
  });

  it.each([
    "payment-failed",
    "action-required",
    "card-expiring",
    "recovered",
    "trial-ending",
    "ended",
    "disputed",
    "dispute-lost",
  ] as const)("of %s has words for its title, its text and what to do", (kind) => {
    const { title, text, act } = noticeWords({ ...failed, kind });
    for (const words of [title, text, act]) expect(words.length).toBeGreaterThan(5);
  });
});
