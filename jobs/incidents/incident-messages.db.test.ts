import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { incidentMessages } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { type SmtpSandbox, startSmtpSandbox } from "@/e2e/sandbox/smtp";
import {
  acknowledgeIncident,
  claimMessages,
  listEntries,
  moveIncident,
  openIncident,
  planMessages,
  type Telling,
} from "@/server/incidents";
import { RATE_MOST, RATE_WINDOW_MS } from "@/server/incidents/domain/messages";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { listNotifications } from "@/server/notifications";
import { planlessTenantWith, tenantWith } from "@/server/testing/actors";
import { recordedEvents } from "@/server/testing/records";
import { authDeps } from "@/server/testing/sign-in";
import { sendMessage } from "./send-message";

const db = useTestDatabase();
const MINUTE_MS = 60_000;
let smtp: SmtpSandbox;
beforeAll(async () => {
  smtp = await startSmtpSandbox();
});
afterAll(() => smtp.stop());

async function setUp({ url = smtp.url, isPaid = true } = {}) {
  const clock = fixedClock(new Date("2026-03-04T12:00:00Z"));
  const { as } = isPaid
    ? await tenantWith(db.database, ["tenant_admin", "operator"], clock)
    : await planlessTenantWith(db.database, ["tenant_admin", "operator"]);
  const { tenantId } = as.tenant_admin;
  const ctx = { database: db.database, clock, newId, requestId: "req_1", tenantId };
  const { env } = authDeps(db.database, { SMTP_URL: url });
  const open = async (title = "Nothing starts") =>
    (await openIncident(as.operator, { title, severity: "sev2", summary: "Queues <grow>." })).incidentId;
  const plan = (incidentId: string, over: Partial<Telling> = {}) =>
    planMessages(ctx, { incidentId, episode: 1, occasion: "opened", level: 0, ...over });
  const rows = () =>
    withTenant(ctx, (tx) =>
      tx
        .select()
        .from(incidentMessages)
        .where(eq(incidentMessages.tenantId, tenantId))
        .orderBy(asc(incidentMessages.id)),
    );
  const send = (messageId: string) => sendMessage(ctx, env, messageId);
  const admin = as.tenant_admin.actor.kind === "user" ? as.tenant_admin.actor.email : "";
  const mails = () => smtp.mails.filter(({ recipients }) => recipients.includes(admin));
  return { clock, as, ctx, open, plan, rows, send, admin, mails };
}

describe("planMessages", () => {
  it("makes one message per person, however often it runs, with timeline, event and a word in the app", async () => {
    const { as, ctx, open, plan, rows } = await setUp();
    const incidentId = await open();
    expect(await Promise.all([plan(incidentId), plan(incidentId)])).toMatchObject([
      { isOver: false },
      { isOver: false },
    ]);
    expect(await rows()).toMatchObject([{ channel: "email", userId: as.tenant_admin.principal.id, sentAt: null }]);
    expect((await recordedEvents(db.ownerUrl, ctx.tenantId)).slice(1)).toEqual(["incident.message_planned"]);
    expect((await listEntries(as.operator, { incidentId })).rows.map(({ kind }) => kind)).toEqual([
      ...["notification", "opened"],
    ]);
    expect((await listNotifications(as.tenant_admin, {})).rows).toMatchObject([
      {
        title: "Incident, sev2: Nothing starts",
        href: expect.stringContaining(incidentId) as string,
        runbook: "/docs/runbooks/incident-opened",
      },
    ]);
  });

  it("is over once somebody has taken the incident on, it is resolved, or it was opened again since", async () => {
    const { as, open, plan, rows } = await setUp();
    const [taken, done, again] = [await open(), await open(), await open()];
    await acknowledgeIncident(as.operator, { incidentId: taken });
    await moveIncident(as.operator, { incidentId: done, fromStatus: "open", toStatus: "resolved" });
    for (const incidentId of [taken, done]) expect(await plan(incidentId)).toEqual({ planned: 0, isOver: true });
    expect(await plan(again, { episode: 2 })).toEqual({ planned: 0, isOver: true });
    expect(await rows()).toEqual([]);
  });

  it("leaves a tenant without the feature its word in the app, and sends nothing", async () => {
    const { as, open, plan, rows } = await setUp({ isPaid: false });
    expect(await plan(await open())).toEqual({ planned: 0, isOver: true });
    expect(await rows()).toEqual([]);
    expect((await listNotifications(as.tenant_admin, {})).rows).toHaveLength(1);
  });
});

describe("sendMessage", () => {
  it("mails the incident once, as text whatever it holds, under a name of its own", async () => {
    const { open, plan, rows, send, admin, mails } = await setUp();
    await plan(await open('<img src=x onerror="alert(1)">'));
    const [row] = await rows();
    const id = row?.id ?? "";
    expect(await send(id)).toEqual({ state: "sent" });
    const { content } = await smtp.nextTo(admin);
    expect(content.subject).toContain("sev2: <img");
    expect(content.html).not.toContain("<img");
    expect(content.html).toContain("&lt;grow&gt;");
    expect(content.html).toContain('href="http://localhost:3000/docs/runbooks/incident-opened"');
    expect(content.messageId).toBe(`<${id}@localhost>`);
    expect(await send(id)).toEqual({ state: "over" });
    expect(mails()).toHaveLength(1);
  });

  it("loses nothing where whoever claimed it dies: the same is sent a minute later, under the same name", async () => {
    const { clock, ctx, open, plan, rows, send, admin, mails } = await setUp();
    await plan(await open("First"));
    const [first] = await rows();
    const id = first?.id ?? "";
    // Dies between its claim and the mail server.
    const claimed = await claimMessages(ctx, id);
    expect(claimed).toMatchObject({ state: "claimed", ids: [id], name: id });
    // What comes meanwhile goes its own way.
    await plan(await open("Second"));
    const [, second] = await rows();
    expect(await send(id)).toMatchObject({ state: "wait" });
    expect(await send(second?.id ?? "")).toEqual({ state: "sent" });
    clock.advance(MINUTE_MS);
    expect(await send(id)).toEqual({ state: "sent" });
    await smtp.nextTo(admin, mails().slice(0, 1));
    expect(mails().map(({ content }) => content.messageId)).toEqual([
      ...[`<${second?.id ?? ""}@localhost>`, `<${id}@localhost>`],
    ]);
  });

  it("lets one of two who send at once do it", async () => {
    const { open, plan, rows, send, admin, mails } = await setUp();
    await plan(await open());
    const id = (await rows())[0]?.id ?? "";
    const both = await Promise.all([send(id), send(id)]);
    expect(both.filter(({ state }) => state === "sent")).toHaveLength(1);
    await smtp.nextTo(admin);
    expect(mails()).toHaveLength(1);
  });

  it("makes one letter of what waits for room, once there is some", async () => {
    const { clock, open, plan, rows, send, mails } = await setUp();
    for (let made = 0; made < RATE_MOST + 3; made += 1) {
      await plan(await open(`Incident ${made}`));
      clock.advance(1);
      const latest = (await rows()).at(-1)?.id ?? "";
      const sent = await send(latest);
      expect(sent.state).toBe(made < RATE_MOST ? "sent" : "wait");
    }
    const waiting = (await rows()).filter(({ sentAt }) => sentAt === null);
    expect(waiting).toHaveLength(3);
    clock.advance(RATE_WINDOW_MS);
    expect(await send(waiting[1]?.id ?? "")).toEqual({ state: "sent" });
    for (const { id } of waiting) expect(await send(id)).toEqual({ state: "over" });
    expect(mails()).toHaveLength(RATE_MOST + 1);
    expect(mails().at(-1)?.content.subject).toContain("Incident 5, and 2 more");
  });

  it("sends nothing that asks nobody any more", async () => {
    const { as, open, plan, rows, send, mails } = await setUp();
    const incidentId = await open();
    await plan(incidentId);
    await acknowledgeIncident(as.operator, { incidentId });
    expect(await send((await rows())[0]?.id ?? "")).toEqual({ state: "over" });
    expect(mails()).toEqual([]);
    expect(await rows()).toMatchObject([{ failure: "over", sentAt: null }]);
  });

  it("fails while the mail server is away, so that the engine tries again, and is given up after eight tries", async () => {
    const gone = await startSmtpSandbox();
    await gone.stop();
    const { open, plan, rows, send } = await setUp({ url: gone.url });
    await plan(await open());
    const id = (await rows())[0]?.id ?? "";
    for (let tried = 1; tried < 8; tried += 1) await expect(send(id)).rejects.toMatchObject({ code: "Unavailable" });
    expect(await send(id)).toEqual({ state: "given up" });
    expect(await rows()).toMatchObject([
      { attempts: 8, failure: expect.stringContaining("could not be sent") as string },
    ]);
  });
});
