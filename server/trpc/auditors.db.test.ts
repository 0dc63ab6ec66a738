import pg from "pg";
import { asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { auditorViews, members } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { makeTenant, makeUser, type MadeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { startSession } from "@/server/auth/start-session";
import { must } from "@/server/kernel/errors";
import { ID_PREFIXES, type IdKind, newId } from "@/server/kernel/ids";
import { acceptInvitation, composeInvitation, inviteAuditor } from "@/server/members";
import { memberContext, userContext } from "@/server/testing/actors";
import { inputNaming, type NamedThings } from "@/server/testing/foreign-inputs";
import { createRequestContext } from "./context";
import { createCallerFactory, type ProcedureMeta } from "./init";
import { appRouter } from "./root";

const db = useTestDatabase();
const createCaller = createCallerFactory(appRouter);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What the frame of every page asks for by itself. */
const FRAME = ["approvals.count", "billing.features", "notifications.list"];

const inTenant = Object.entries(appRouter._def.procedures).flatMap(([name, procedure]) => {
  // tRPC types its record of procedures as the routers that they were grouped in.
  const { meta } = (procedure as unknown as { _def: { meta?: ProcedureMeta } })._def;
  return meta !== undefined && "action" in meta ? [{ name, meta }] : [];
});
const anything: NamedThings = {
  ...Object.fromEntries(Object.keys(ID_PREFIXES).map((kind) => [kind, newId(kind as IdKind)])),
  slug: "never-was",
};
const lists = inTenant.filter(
  ({ meta }) => meta.kind === "read" && (z.toJSONSchema(meta.input, { io: "input" }).required ?? []).length === 0,
);

interface Place {
  tenant: MadeTenant;
  stands: { at: number };
  end: number;
  call(name: string, input: unknown, token?: string): Promise<{ code: string; message: string } | { value: unknown }>;
  views(): Promise<(typeof auditorViews.$inferSelect)[]>;
  stranger: string;
}

/** A tenant with an auditor of one day, who calls as a browser would, by a clock that stands until it is moved. */
async function place(): Promise<Place> {
  const began = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const stands = { at: began };
  const clock = { now: () => new Date(stands.at) };
  const tenant = await makeTenant(db.database);
  const admin = await memberContext(db.database, tenant, { roles: ["tenant_admin"], clearance: "restricted" }, clock);
  const [person, nobody] = [await makeUser(db.database), await makeUser(db.database)];
  const user = userContext(db.database, person, clock);
  const end = began + DAY_MS;
  const until = new Date(end).toISOString();
  const { id } = await inviteAuditor(admin, { email: person.email, engagement: "SOC 2", until });
  const letter = must(await composeInvitation(admin, { tenantId: admin.tenantId, invitationId: id }), "it is due");
  const token = new URL(letter.url).searchParams.get("token") ?? "";
  await acceptInvitation(user, { invitationId: id, token });
  const own = await startSession(user, person.id, null);
  const stranger = await startSession(user, nobody.id, null);
  return {
    ...{ tenant, stands, end, stranger: stranger.token },
    call: async (name, input, sessionToken = own.token) => {
      const context = createRequestContext({
        ...{ database: db.database, clock, newId, requestId: newId("request"), sessionToken },
        ...{ tenantSlug: tenant.slug, userAgent: null, address: "127.0.0.1" },
      });
      const caller = createCaller({ ...context, limit: async () => undefined }) as unknown as Record<
        string,
        Record<string, (input: unknown) => unknown>
      >;
      const [router = "", procedure = ""] = name.split(".");
      try {
        return { value: await caller[router]?.[procedure]?.(input) };
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return { code, message };
      }
    },
    views: () =>
      withTenant(admin, (tx) =>
        tx.select().from(auditorViews).where(eq(auditorViews.tenantId, tenant.tenantId)).orderBy(asc(auditorViews.id)),
      ),
  };
}

async function asOwner(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

describe("every procedure of a tenant, to an auditor whose time is over", () => {
  let here: Place;
  beforeAll(async () => {
    here = await place();
    here.stands.at = here.end;
  });

  it.each(inTenant.map(({ name, meta }) => [name, meta] as const))(
    "%s answers as it does to a stranger",
    async (name, meta) => {
      const { input } = inputNaming(meta.input, anything);
      const answer = await here.call(name, input);
      expect(answer).toEqual({ code: "NOT_FOUND", message: "No such tenant." });
      expect(answer).toEqual(await here.call(name, input, here.stranger));
    },
  );

  it("does so by time alone: the membership is still there, and nothing was logged", async () => {
    const { tenantId } = here.tenant;
    const rows = await withTenant({ database: db.database, tenantId }, (tx) => tx.select().from(members));
    expect(rows.filter(({ auditorUntil }) => auditorUntil !== null)).toHaveLength(1);
    expect(await here.views()).toEqual([]);
  });
});

describe("the log of what auditors were shown", () => {
  it("holds every list that they were given, and none that they were refused", async () => {
    const here = await place();
    here.stands.at = here.end - 1;
    const given: string[] = [];
    for (const { name } of lists) if ("value" in (await here.call(name, {}))) given.push(name);
    expect(given).toEqual(expect.arrayContaining(["findings.list", "evidence.list", "receipts.list", "audits.list"]));
    const logged = (await here.views()).map(({ procedure }) => procedure);
    expect(logged.sort()).toEqual(given.filter((name) => !FRAME.includes(name)).sort());
  });

  it("counts the same thing once a minute, however many ask for it at once", async () => {
    const here = await place();
    const ask = () => Promise.all([1, 2, 3].map(() => here.call("findings.list", {})));
    await ask();
    here.stands.at += MINUTE_MS - 1;
    await ask();
    expect(await here.views()).toHaveLength(1);
    here.stands.at += 1;
    await ask();
    const views = await here.views();
    expect(views.map(({ at }) => at.getTime())).toEqual([here.stands.at - MINUTE_MS, here.stands.at]);
    expect(views[0]).toMatchObject({
      ...{ action: "finding.read", procedure: "findings.list", subject: `tenant:${here.tenant.tenantId}` },
      requestId: expect.stringMatching(/^req_/) as string,
    });
  });

  it("tells one question about the same thing from another, such as a second receipt or page", async () => {
    const here = await place();
    for (const seq of [1, 2, 1]) expect(await here.call("receipts.get", { seq })).toHaveProperty("value");
    await here.call("receipts.list", { before: 2, thing: undefined });
    await here.call("receipts.list", { thing: "x".repeat(120), person: "y".repeat(120) });
    const views = await here.views();
    expect(views.map(({ procedure, asked }) => [procedure, asked])).toEqual([
      ["receipts.get", '{"seq":1}'],
      ["receipts.get", '{"seq":2}'],
      ["receipts.list", '{"before":2}'],
      ["receipts.list", expect.stringMatching(/^\{"person":"y+","thing":"x+"\}$/) as string],
    ]);
  });

  it("is written before anything is shown: what cannot be logged is refused, and said so", async () => {
    const here = await place();
    await asOwner("revoke insert on public.auditor_views from conductor_app");
    try {
      for (const name of ["findings.list", "receipts.list", "members.list"])
        expect(await here.call(name, {})).toEqual({
          code: "SERVICE_UNAVAILABLE",
          message: "What an auditor opens is logged, and that failed, so nothing is shown. Try again.",
        });
    } finally {
      await asOwner("grant insert on public.auditor_views to conductor_app");
    }
    expect(await here.call("findings.list", {})).toMatchObject({ value: { rows: [] } });
    expect(await here.views()).toHaveLength(1);
  });
});
