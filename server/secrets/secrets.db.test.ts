import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { killRun, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import { withTenant } from "@/db/tenancy";
import { receipts, secrets } from "@/db/schema";
import type { TenantContext } from "@/server/verb";
import { changeHosts, deleteSecret, forgetEndedSecrets, listSecrets, setSecret, unseal } from "./index";
import { processSecretKeys } from "./keys";

const db = useTestDatabase();
const VALUE = "sk-live-correct-horse";
const wanted = {
  ...{ environment: "dev" as const, name: "API_KEY", value: VALUE, allowedHosts: ["api.example.test"] },
};

async function setUp() {
  const clock = fixedClock(new Date());
  const roles = ["tenant_admin", "workflow_author", "workflow_reviewer", "operator"] as const;
  const { tenant, as } = await tenantWith(db.database, roles, clock);
  return { tenant, as, clock, admin: as.tenant_admin, author: as.workflow_author, operator: as.operator };
}

const stored = (ctx: TenantContext) => withTenant(ctx, (tx) => tx.select().from(secrets).orderBy(secrets.version));
const valuesOf = (rows: Awaited<ReturnType<typeof stored>>) => rows.map((row) => unseal(row, row, processSecretKeys()));
const inUse = async (ctx: TenantContext) => valuesOf((await stored(ctx)).filter(({ endedAt }) => endedAt === null));

describe("setSecret", () => {
  it("seals the value, gives it back to nobody, and leaves receipt and event without it", async () => {
    const { tenant, admin, clock } = await setUp();
    const made = await setSecret(admin, { ...wanted, allowedHosts: ["*.Example.test", "API.example.test"] });
    expect(made).toEqual({
      ...{ id: made.id, name: "API_KEY", environment: "dev", version: 1 },
      allowedHosts: ["*.example.test", "api.example.test"],
      ...{ updatedAt: clock.now().toISOString(), updatedBy: `user:${admin.principal.id}` },
    });
    expect(JSON.stringify(await stored(admin))).not.toContain(VALUE);
    expect(await inUse(admin)).toEqual([VALUE]);
    await expectReceipt(admin, "secret.set", `secret:${made.id}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["secret.set"]);
  });

  it("leaves a receipt by which nobody can check a guess of the value", async () => {
    const [one, other] = [await setUp(), await setUp()];
    await setSecret(one.admin, wanted);
    await setSecret(other.admin, { ...wanted, value: "another value" });
    const digest = async ({ admin }: typeof one) => {
      const [row] = await withTenant(admin, (tx) => tx.select({ body: receipts.body }).from(receipts));
      return (row?.body as { inputDigest: string }).inputDigest;
    };
    expect(await digest(one)).toBe(await digest(other));
  });

  it("replaces the value of the version that the caller saw, and keeps hosts that are not given", async () => {
    const { admin } = await setUp();
    const { id } = await setSecret(admin, wanted);
    const { allowedHosts: _hosts, ...again } = { ...wanted, value: "a new value", replaces: 1 };
    expect(await setSecret(admin, again)).toMatchObject({ id, version: 2, allowedHosts: ["api.example.test"] });
    expect(await inUse(admin)).toEqual(["a new value"]);
  });

  it("is refused where a secret of that name is there, was replaced meanwhile, or is gone", async () => {
    const { admin } = await setUp();
    const { id } = await setSecret(admin, wanted);
    await expect(setSecret(admin, wanted)).rejects.toMatchObject({ code: "Conflict" });
    await setSecret(admin, { ...wanted, replaces: 1 });
    await expect(setSecret(admin, { ...wanted, replaces: 1 })).rejects.toMatchObject({ code: "Conflict" });
    await deleteSecret(admin, { secretId: id });
    await expect(setSecret(admin, { ...wanted, replaces: 2 })).rejects.toMatchObject({ code: "NotFound" });
    const anew = await setSecret(admin, wanted);
    expect(anew).toMatchObject({ version: 1 });
    expect(anew.id).not.toBe(id);
  });

  it("lets one of two win, at making and at replacing", async () => {
    const { admin } = await setUp();
    for (const replaces of [undefined, 1]) {
      const both = await Promise.allSettled([1, 2].map(() => setSecret(admin, { ...wanted, replaces })));
      expect(both.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
    }
    expect(await listSecrets(admin, {})).toMatchObject({ rows: [{ version: 2 }] });
  });

  it("keeps environments and tenants apart under one name", async () => {
    const [one, other] = [await setUp(), await setUp()];
    await setSecret(one.admin, wanted);
    await setSecret(one.admin, { ...wanted, environment: "prod" });
    await setSecret(other.admin, wanted);
    expect((await listSecrets(one.admin, {})).rows.map(({ environment }) => environment)).toEqual(["prod", "dev"]);
  });

  it("refuses authors and operators and puts the denial on record alone", async () => {
    const { author, operator } = await setUp();
    for (const ctx of [author, operator]) {
      await expect(setSecret(ctx, wanted)).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(ctx, "secret.set");
    }
    expect(await countReceipts(operator)).toBe(0);
  });

  it.each([
    { value: "short" },
    { value: `${VALUE}\n` },
    { name: "api_key" },
    { name: "A".repeat(64) },
    { allowedHosts: [] },
    { allowedHosts: undefined },
    { allowedHosts: ["*"] },
    { allowedHosts: ["https://api.example.test"] },
    { environment: "production" },
    { sealedValue: "x" },
  ])("refuses %j as invalid, without repeating the value", async (change) => {
    const { admin } = await setUp();
    const refusal = await setSecret(admin, { ...wanted, ...change } as typeof wanted).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "Invalid" });
    expect(JSON.stringify([refusal, String(refusal)])).not.toContain(change.value ?? VALUE);
  });

  it("stops at two hundred", async () => {
    const { admin } = await setUp();
    for (let made = 0; made < 200; made += 1) await setSecret(admin, { ...wanted, name: `KEY_${made}` });
    await expect(setSecret(admin, wanted)).rejects.toMatchObject({ code: "LimitReached" });
    await setSecret(admin, { ...wanted, name: "KEY_0", replaces: 1 });
  });
});

describe("changeHosts", () => {
  const seenHosts = wanted.allowedHosts;

  it("changes where a secret may be sent and nothing else, and leaves receipt and event", async () => {
    const { tenant, admin } = await setUp();
    const { id: secretId } = await setSecret(admin, wanted);
    const changed = await changeHosts(admin, { secretId, seenHosts, allowedHosts: ["*.other.test"] });
    expect(changed).toMatchObject({ id: secretId, version: 1, allowedHosts: ["*.other.test"] });
    expect(await inUse(admin)).toEqual([VALUE]);
    await expectReceipt(admin, "secret.update", `secret:${secretId}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["secret.set", "secret.updated"]);
  });

  it("lets one of two win who saw the same hosts", async () => {
    const { admin } = await setUp();
    const { id: secretId } = await setSecret(admin, wanted);
    const both = await Promise.allSettled(
      ["a.test", "b.test"].map((host) => changeHosts(admin, { secretId, seenHosts, allowedHosts: [host] })),
    );
    expect(both.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
  });

  it("refuses an author, another tenant's secret and one that is gone", async () => {
    const { admin, author } = await setUp();
    const other = await setUp();
    const { id: secretId } = await setSecret(admin, wanted);
    const change = { secretId, seenHosts, allowedHosts: ["evil.test"] };
    await expect(changeHosts(author, change)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(author, "secret.update");
    await expect(changeHosts(other.admin, change)).rejects.toMatchObject({ code: "NotFound" });
    await deleteSecret(admin, { secretId });
    await expect(changeHosts(admin, change)).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("deleteSecret", () => {
  it("takes secret and value away, once, and leaves receipt and event", async () => {
    const { tenant, admin } = await setUp();
    const { id: secretId } = await setSecret(admin, wanted);
    const both = await Promise.allSettled([1, 2].map(() => deleteSecret(admin, { secretId })));
    expect(both.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "NotFound" });
    expect(await inUse(admin)).toEqual([]);
    await expectReceipt(admin, "secret.delete", `secret:${secretId}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["secret.set", "secret.deleted"]);
  });

  it("refuses an author and another tenant's secret", async () => {
    const { admin, author } = await setUp();
    const other = await setUp();
    const { id: secretId } = await setSecret(admin, wanted);
    await expect(deleteSecret(author, { secretId })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(author, "secret.delete");
    await expect(deleteSecret(other.admin, { secretId })).rejects.toMatchObject({ code: "NotFound" });
    expect(await inUse(admin)).toEqual([VALUE]);
  });
});

describe("a version that has ended", () => {
  it("stays sealed while a run of its environment goes on that may have sent it, and not much longer", async () => {
    const { as, admin, operator, clock } = await setUp();
    const left = async () => {
      await forgetEndedSecrets(db.database, clock.now());
      return valuesOf(await stored(admin));
    };
    await setSecret(admin, wanted);
    await setSecret(admin, { ...wanted, environment: "prod", value: "a value of prod" });
    const { workflowId } = await makePublished(as);
    const { runId } = await startRun(operator, { workflowId, input: { order: "1" } });
    await setSecret(admin, { ...wanted, value: "a second value", replaces: 1 });
    await setSecret(admin, { ...wanted, environment: "prod", value: "another of prod", replaces: 1 });
    expect(await left()).toHaveLength(4);
    clock.advance(300_001);
    expect((await left()).sort()).toEqual([VALUE, "a second value", "another of prod"].sort());
    await killRun(operator, { runId, reason: "stop" });
    expect((await left()).sort()).toEqual(["a second value", "another of prod"]);
  });

  it("that was deleted is forgotten too", async () => {
    const { admin, clock } = await setUp();
    const { id: secretId } = await setSecret(admin, wanted);
    await deleteSecret(admin, { secretId });
    clock.advance(300_001);
    await forgetEndedSecrets(db.database, clock.now());
    expect(await stored(admin)).toEqual([]);
  });
});

describe("listSecrets", () => {
  it("pages, newest first, names who changed them, and holds nothing that opens", async () => {
    const { admin, author, operator } = await setUp();
    for (const name of ["ONE", "TWO", "THREE"]) await setSecret(admin, { ...wanted, name });
    const first = await listSecrets(author, { limit: 2 });
    expect(first.rows.map((row) => row.name)).toEqual(["THREE", "TWO"]);
    expect(Object.keys(first.rows[0] ?? {}).sort()).toEqual([
      ...["allowedHosts", "environment", "id", "name", "updatedAt", "updatedBy", "updatedByName", "version"],
    ]);
    expect(first.rows[0]?.updatedByName).not.toBeNull();
    const rest = await listSecrets(author, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect(rest).toMatchObject({ rows: [{ name: "ONE" }], nextCursor: null });
    await expect(listSecrets(operator, {})).rejects.toMatchObject({ code: "Forbidden" });
    expect(await listSecrets(author, { cursor: newId("secret") })).toMatchObject({
      rows: expect.any(Array) as unknown[],
    });
  });
});
