import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { findApiKey } from "@/server/auth/api-key";
import { fixedClock } from "@/server/kernel/clock";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from "./index";

const db = useTestDatabase();
const HOUR_MS = 3_600_000;
const wanted = { name: "CI", roles: ["operator" as const] };

async function setUp() {
  const clock = fixedClock(new Date());
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin", "operator"], clock);
  const admin = as.tenant_admin;
  const opens = async (key: string) => (await findApiKey(admin, `Bearer ${key}`)) !== null;
  return { tenant, admin, operator: as.operator, clock, opens };
}

describe("createApiKey", () => {
  it("shows the key once and leaves receipt and event without it", async () => {
    const { tenant, admin } = await setUp();
    const { key, ...made } = await createApiKey(admin, wanted);
    expect(key).toMatch(/^ck_[A-Za-z0-9_-]{43}$/);
    expect(made).toMatchObject({ lastFour: key.slice(-4), clearance: "internal", state: "active" });
    await expectReceipt(admin, "api_key.create", `api_key:${made.id}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["api_key.created"]);
    const listed = await listApiKeys(admin, {});
    expect(listed.rows).toEqual([made]);
  });

  it("lets the key act in its tenant with its own rights, and no further", async () => {
    const { tenant, admin } = await setUp();
    const { key, id } = await createApiKey(admin, { ...wanted, region: "us" });
    const ctx = await findApiKey(admin, `Bearer ${key}`);
    expect(ctx).toMatchObject({
      tenantId: tenant.tenantId,
      actor: { kind: "api_key", apiKeyId: id, name: "CI" },
      principal: { kind: "api_key", id, roles: ["operator"], region: "us", clearance: "internal" },
    });
    const escalation = createApiKey(ctx as TenantContext, wanted);
    await expect(escalation).rejects.toMatchObject({ code: "Forbidden" });
  });

  it("refuses an operator and puts the denial on record alone", async () => {
    const { operator } = await setUp();
    await expect(createApiKey(operator, wanted)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(operator, "api_key.create");
    expect(await countReceipts(operator)).toBe(0);
  });

  it("refuses a clearance beyond the creator's own, on record", async () => {
    const { tenant } = await setUp();
    const admin = await memberContext(db.database, tenant, { roles: ["tenant_admin"], clearance: "internal" });
    const attempt = createApiKey(admin, { ...wanted, clearance: "confidential" });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["clearance_beyond_own"] } });
    await expectDenial(admin, "api_key.create");
  });

  it.each([
    { roles: ["tenant_admin"] },
    { roles: ["conductor_admin"] },
    { roles: ["workflow_reviewer"] },
    { roles: [] },
    { expiresInDays: 366 },
    { expiresInDays: 0 },
    { keyHash: "x" },
    { name: "a\u0000b" },
  ])("refuses %j as invalid", async (change) => {
    const { admin } = await setUp();
    await expect(createApiKey(admin, { ...wanted, ...change } as typeof wanted)).rejects.toMatchObject({
      code: "Invalid",
    });
  });

  it("stops at a hundred live keys", async () => {
    const { admin, clock } = await setUp();
    for (let made = 0; made < 100; made += 1) await createApiKey(admin, { ...wanted, expiresInDays: 1 });
    await expect(createApiKey(admin, wanted)).rejects.toMatchObject({ code: "LimitReached" });
    clock.advance(24 * HOUR_MS);
    await createApiKey(admin, wanted);
  });
});

describe("rotateApiKey", () => {
  it("gives a new key, keeps the old one for its grace, and leaves receipt and event", async () => {
    const { tenant, admin, clock, opens } = await setUp();
    const before = await createApiKey(admin, wanted);
    const after = await rotateApiKey(admin, { apiKeyId: before.id, graceHours: 2 });
    expect(after.id).toBe(before.id);
    expect([await opens(before.key), await opens(after.key)]).toEqual([true, true]);
    clock.advance(2 * HOUR_MS);
    expect([await opens(before.key), await opens(after.key)]).toEqual([false, true]);
    await expectReceipt(admin, "api_key.rotate", `api_key:${before.id}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["api_key.created", "api_key.rotated"]);
  });

  it("ends the old key at once without a grace, and the one before the last in any case", async () => {
    const { admin, opens } = await setUp();
    const first = await createApiKey(admin, wanted);
    const second = await rotateApiKey(admin, { apiKeyId: first.id, graceHours: 24 });
    const third = await rotateApiKey(admin, { apiKeyId: first.id, graceHours: 24 });
    expect([await opens(first.key), await opens(second.key), await opens(third.key)]).toEqual([false, true, true]);
    const fourth = await rotateApiKey(admin, { apiKeyId: first.id, graceHours: 0 });
    expect([await opens(second.key), await opens(third.key), await opens(fourth.key)]).toEqual([false, false, true]);
  });

  it("never lets a grace outlive the key", async () => {
    const { admin, clock, opens } = await setUp();
    const { key, id } = await createApiKey(admin, { ...wanted, expiresInDays: 1 });
    clock.advance(23 * HOUR_MS);
    const rotated = await rotateApiKey(admin, { apiKeyId: id, graceHours: 24 });
    clock.advance(HOUR_MS);
    expect([await opens(key), await opens(rotated.key)]).toEqual([false, false]);
  });

  it("refuses an operator, another tenant's key, and a revoked one", async () => {
    const { admin, operator } = await setUp();
    const other = await setUp();
    const { id } = await createApiKey(admin, wanted);
    await expect(rotateApiKey(operator, { apiKeyId: id })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(rotateApiKey(other.admin, { apiKeyId: id })).rejects.toMatchObject({ code: "NotFound" });
    await revokeApiKey(admin, { apiKeyId: id });
    await expect(rotateApiKey(admin, { apiKeyId: id })).rejects.toMatchObject({ code: "Conflict" });
  });

  it("gives nobody the secret of a key that sees more than they do", async () => {
    const { tenant, admin } = await setUp();
    const { id } = await createApiKey(admin, { ...wanted, clearance: "confidential" });
    const lesser = await memberContext(db.database, tenant, { roles: ["tenant_admin"], clearance: "public" });
    await expect(rotateApiKey(lesser, { apiKeyId: id })).rejects.toMatchObject({ code: "Forbidden" });
  });
});

describe("revokeApiKey", () => {
  it("ends the key and its grace, once, and leaves receipt and event", async () => {
    const { tenant, admin, opens } = await setUp();
    const first = await createApiKey(admin, wanted);
    const second = await rotateApiKey(admin, { apiKeyId: first.id });
    const outcomes = await Promise.allSettled([1, 2].map(() => revokeApiKey(admin, { apiKeyId: first.id })));
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
    expect([await opens(first.key), await opens(second.key)]).toEqual([false, false]);
    await expectReceipt(admin, "api_key.revoke", `api_key:${first.id}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("api_key.revoked");
  });

  it("refuses an operator and another tenant's key", async () => {
    const { admin, operator } = await setUp();
    const other = await setUp();
    const { id } = await createApiKey(admin, wanted);
    await expect(revokeApiKey(operator, { apiKeyId: id })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(operator, "api_key.revoke");
    await expect(revokeApiKey(other.admin, { apiKeyId: id })).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("listApiKeys", () => {
  it("pages, newest first, only for administrators", async () => {
    const { admin, operator } = await setUp();
    for (const name of ["one", "two", "three"]) await createApiKey(admin, { ...wanted, name });
    const first = await listApiKeys(admin, { limit: 2 });
    expect(first.rows.map((row) => row.name)).toEqual(["three", "two"]);
    const rest = await listApiKeys(admin, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect(rest).toMatchObject({ rows: [{ name: "one" }], nextCursor: null });
    await expect(listApiKeys(operator, {})).rejects.toMatchObject({ code: "Forbidden" });
  });
});

describe("findApiKey", () => {
  it("marks a key as used at most every five minutes", async () => {
    const { admin, clock, opens } = await setUp();
    const { key } = await createApiKey(admin, wanted);
    const used = async () => (await listApiKeys(admin, {})).rows[0]?.lastUsedAt;
    await opens(key);
    const first = clock.now().toISOString();
    clock.advance(299_999);
    await opens(key);
    expect(await used()).toBe(first);
    clock.advance(1);
    await opens(key);
    expect(await used()).toBe(clock.now().toISOString());
  });

  it.each([
    null,
    "",
    "Bearer",
    "Bearer ",
    "Bearer %E0%A4%A",
    "Bearer \u0000",
    `Bearer ck_${"A".repeat(42)}`,
    `Bearer ck_${"A".repeat(43)} x`,
    `Bearer ${"A".repeat(1_000_000)}`,
    `Basic ck_${"A".repeat(43)}`,
    `Bearer ck_${"A".repeat(43)}`,
    "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
  ])("answers null to the header %.40j", async (header) => {
    const { admin } = await setUp();
    expect(await findApiKey(admin, header)).toBeNull();
  });
});
