import { beforeAll, describe, expect, it } from "vitest";
import { entitlements } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { limitsOfPlan } from "@/policies/entitlements/projection";
import { createApiKey } from "@/server/api-keys";
import { buildRequested, requestBundle } from "@/server/bundles";
import { overridePlan } from "@/server/entitlements";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { env } from "@/server/platform/env";
import { startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { ENDPOINTS } from "./endpoints";
import { answerV1 } from "./http";

const db = useTestDatabase();

interface Sent {
  key?: string;
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What came back; `body` is whatever JSON it was. */
interface Came {
  status: number;
  headers: Headers;
  body: { id?: string; isNew?: boolean; rows?: unknown[]; nextCursor?: string | null; error?: { code: string } };
}

async function send(path: string, { key, method = "GET", body, headers = {} }: Sent): Promise<Came> {
  const url = new URL(`http://localhost:3000/api/v1${path}`);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(url, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: text }),
  });
  const response = await answerV1(request, url.pathname.split("/").slice(3), db.database);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Came["body"] };
}

async function makeSide() {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "tenant_admin"]);
  const { slug, workflowId } = await makePublished(as);
  const keyOf = async (role: "operator" | "read_only") =>
    (await createApiKey(as.tenant_admin, { name: `Key of ${role}`, roles: [role] })).key;
  return { as, slug, workflowId, key: await keyOf("operator"), readKey: await keyOf("read_only") };
}

let side: Awaited<ReturnType<typeof makeSide>>;
beforeAll(async () => {
  side = await makeSide();
});

const start = (over: Sent = {}, slug = side.slug) =>
  send(`/workflows/${slug}/runs`, { key: side.key, method: "POST", body: { input: { order: "7" } }, ...over });

/** The answer is what the document says: no field more, none less. */
function expectDescribed(name: string, { body }: Came): void {
  const endpoint = ENDPOINTS.find((each) => each.name === name);
  expect(endpoint?.answerSchema.parse(body)).toEqual(body);
}

describe("the public HTTP API", () => {
  it("starts a run, and gives the same one for the same key", async () => {
    const headers = { "idempotency-key": newId("request") };
    const first = await start({ headers });
    expect(first).toMatchObject({ status: 201, body: { isNew: true } });
    expectDescribed("startRun", first);
    const again = await start({ headers });
    expect(again).toMatchObject({ status: 200, body: { id: first.body.id, isNew: false } });
    const other = await start({ headers, body: { input: { order: "8" } } });
    expect(other).toMatchObject({ status: 409, body: { error: { code: "Conflict" } } });
  });

  it("starts one run for one key that is sent fifty times at once", async () => {
    const headers = { "idempotency-key": newId("request") };
    const answers = await Promise.all(Array.from({ length: 50 }, () => start({ headers })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it("sends an event once per key, and refuses the product's own names", async () => {
    const headers = { "idempotency-key": newId("request") };
    const { key, readKey } = await makeSide();
    const post = (over: Sent) => send("/events", { key, method: "POST", headers, ...over });
    const body = { name: "order.placed", data: { order: { id: 7 } } };
    const first = await post({ body });
    expect(first).toMatchObject({ status: 202, body: { isNew: true } });
    expectDescribed("sendEvent", first);
    expect(await post({ body })).toMatchObject({ status: 200, body: { id: first.body.id, isNew: false } });
    expect((await post({ body: { name: "order.placed" } })).status).toBe(409);
    expect((await post({ body: { name: "run.finished" }, headers: {} })).status).toBe(400);
    expect((await post({ body, key: readKey })).status).toBe(403);
  });

  it("opens an incident once per key, lists and reads it", async () => {
    const headers = { "idempotency-key": newId("request") };
    const { key, readKey } = await makeSide();
    const body = { title: "Nothing starts", severity: "sev2" };
    const post = (over: Sent) => send("/incidents", { key, method: "POST", headers, body, ...over });
    const first = await post({});
    expect(first).toMatchObject({ status: 201, body: { isNew: true } });
    expectDescribed("openIncident", first);
    const { id = "" } = first.body;
    expect(await post({})).toMatchObject({ status: 200, body: { id, isNew: false } });
    expect((await post({ body: { ...body, severity: "sev1" } })).status).toBe(409);
    expect((await post({ key: readKey })).status).toBe(403);
    const list = await send("/incidents?status=open&severity=sev2", { key: readKey });
    expect(list).toMatchObject({ status: 200, body: { rows: [{ id, source: "api", title: "Nothing starts" }] } });
    expectDescribed("listIncidents", list);
    const one = await send(`/incidents/${id}`, { key: readKey });
    expect(one).toMatchObject({ status: 200, body: { id, status: "open" } });
    expectDescribed("getIncident", one);
    expect((await send(`/incidents/${newId("incident")}`, { key })).status).toBe(404);
  });

  it("lists bundles, and says of one how far it is and what its file's digest is", async () => {
    const { as, key, readKey } = await makeSide();
    const [from, to] = [-86_400_000, 86_400_000].map((ms) => new Date(Date.now() + ms).toISOString());
    const { bundleId } = await requestBundle(as.tenant_admin, { from: from ?? "", to: to ?? "" });
    const one = () => send(`/bundles/${bundleId}`, { key: readKey });
    const asked = await one();
    expect(asked).toMatchObject({ status: 200, body: { id: bundleId, status: "requested", digest: null } });
    expectDescribed("getBundle", asked);

    const { tenantId } = as.tenant_admin;
    const job = { database: db.database, tenantId, clock: systemClock, newId, requestId: newId("request"), env: env() };
    expect(await buildRequested(job, bundleId)).toBe("ready");
    const ready = await one();
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    expect(ready.body).toMatchObject({ status: "ready", completeness: "incomplete", digest });
    expectDescribed("getBundle", ready);
    const list = await send("/bundles?limit=1", { key: readKey });
    expect(list.body.rows).toEqual([ready.body]);
    expectDescribed("listBundles", list);

    for (const path of ["/bundles", `/bundles/${bundleId}`]) expect((await send(path, { key })).status).toBe(403);
    expect((await send(`/bundles/${bundleId}`, { key: side.readKey })).status).toBe(404);
    expect((await send("/bundles", { key: readKey, method: "POST", body: {} })).status).toBe(405);
  });

  it("reads a run, and lists runs page by page", async () => {
    const { body } = await start();
    const run = await send(`/runs/${body.id ?? ""}`, { key: side.key });
    expect(run).toMatchObject({ status: 200, body: { id: body.id, status: "queued", workflow: { slug: side.slug } } });
    expectDescribed("getRun", run);
    const page = await send("/runs?limit=1", { key: side.key });
    expect(page.body.rows).toHaveLength(1);
    expectDescribed("listRuns", page);
    const next = await send(`/runs?limit=1&cursor=${encodeURIComponent(page.body.nextCursor ?? "")}`, {
      key: side.key,
    });
    expect(next.body.rows).toHaveLength(1);
    expect(next.body.rows).not.toEqual(page.body.rows);
  });

  it("walks the chain of receipts backwards", async () => {
    const page = await send("/receipts?limit=2", { key: side.key });
    expectDescribed("listReceipts", page);
    const next = await send(`/receipts?limit=1&cursor=${page.body.nextCursor ?? ""}`, { key: side.key });
    const [last] = (page.body.rows as { seq: number }[]).slice(-1);
    expect(next.body.rows).toMatchObject([{ seq: (last?.seq ?? 0) - 1 }]);
  });

  it("lets nobody in without a live key, and says how to come in", async () => {
    for (const key of [undefined, "ck_wrong", `ck_${"a".repeat(43)}`]) {
      const answer = await start(key === undefined ? { headers: { authorization: "" } } : { key });
      expect(answer).toMatchObject({ status: 401, body: { error: { code: "Unauthenticated" } } });
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    }
  });

  it("refuses what the key's roles do not allow, and says who could", async () => {
    const answer = await start({ key: side.readKey });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: "Forbidden" } } });
  });

  it("answers for another tenant's things as for none", async () => {
    const other = await makeSide();
    const { runId } = await startRun(other.as.operator, { workflowId: other.workflowId, input: { order: "1" } });
    const [foreign, none] = [await send(`/runs/${runId}`, side), await send(`/runs/${newId("run")}`, side)];
    expect(foreign.status).toBe(404);
    const { error } = foreign.body;
    expect({ ...error, requestId: "" }).toEqual({ ...none.body.error, requestId: "" });
    expect((await start({}, other.slug)).status).toBe(404);
  });

  it.each<[string, string, Sent, number]>([
    ["no such operation", "/nothing", {}, 404],
    ["a method that the path does not know", "/runs", { method: "DELETE" }, 405],
    ["an id of another kind", "/runs/wfl_1", {}, 400],
    ["a parameter that nobody knows", "/runs?order=asc", {}, 400],
    ["a parameter named twice", "/runs?limit=1&limit=2", {}, 400],
    ["a page larger than there are", "/runs?limit=101", {}, 400],
    ["a number that is none", "/receipts?cursor=-1", {}, 400],
  ])("refuses %s", async (_, path, sent, status) => {
    const answer = await send(path, { key: side.key, ...sent });
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({
      message: expect.any(String) as string,
      requestId: expect.any(String) as string,
    });
  });

  it.each<[string, Sent]>([
    ["a body that is no JSON", { body: "{" }],
    ["a body of another type", { body: "{}", headers: { "content-type": "text/plain" } }],
    ["a field that nobody knows", { body: { input: {}, workflowId: "wfl_1" } }],
    ["a field that is nested", { body: { input: { order: { id: 1 } } } }],
    ["an input that the workflow does not declare", { body: { input: { other: 1 } } }],
    ["a body that is too long", { body: JSON.stringify("x".repeat(1_000_001)) }],
    ["a key of several lines", { headers: { "idempotency-key": "a b" } }],
  ])("refuses to start with %s", async (_, sent) => {
    expect(await start(sent)).toMatchObject({ status: 400, body: { error: { code: "Invalid" } } });
  });

  describe("of a tenant whose plan", () => {
    const selling = async (over: Partial<typeof entitlements.$inferInsert> | null) => {
      const made = await makeSide();
      const { tenant_admin: admin } = made.as;
      await overridePlan(admin, null);
      if (over === null) return made;
      await withTenant(admin, (tx) =>
        tx.insert(entitlements).values({
          ...{ tenantId: admin.tenantId, version: 1, source: "stripe" as const, customerId: `cus_${admin.tenantId}` },
          ...{ plan: "pro" as const, addOns: [], seats: 10, statusSince: new Date(0), status: "active" },
          ...{ cancelAtPeriodEnd: false, limits: limitsOfPlan("pro", [], 0, 1), catalogueVersion: 1 },
          ...{ previous: null, updatedAt: new Date(), ...over },
        }),
      );
      return made;
    };

    it("does not have it is closed at the door, reads and all, with what opens it", async () => {
      const { key, readKey } = await selling(null);
      for (const sent of [
        () => send("/runs", { key: readKey }),
        () => send("/receipts", { key }),
        () => send("/events", { key, method: "POST", body: { name: "order.placed" } }),
      ])
        expect(await sent()).toMatchObject({
          status: 402,
          body: {
            error: { code: "NotEntitled", details: { feature: "public-api", skus: expect.any(Array) as string[] } },
          },
        });
    });

    it("is read-only is read, and changes nothing", async () => {
      const { key, readKey, slug } = await selling({ status: "unpaid" });
      expect(await send("/runs", { key: readKey })).toMatchObject({ status: 200 });
      const body = { input: { order: "7" } };
      for (const path of [`/workflows/${slug}/runs`, "/events"])
        expect(await send(path, { key, method: "POST", body })).toMatchObject({
          ...{ status: 402, body: { error: { details: { feature: "public-api", why: "read-only" } } } },
        });
    });
  });

  it("describes every operation, its parameters and its answers", async () => {
    const { status, body } = await send("/openapi.json", {});
    expect(status).toBe(200);
    const document = body as { paths: Record<string, Record<string, { operationId: string; parameters: object[] }>> };
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(ENDPOINTS.map(({ name }) => name).sort());
    expect(document.paths["/workflows/{slug}/runs"]?.post?.parameters).toMatchObject([
      { name: "slug", in: "path", required: true },
      { name: "Idempotency-Key", in: "header", required: false },
    ]);
  });
});
