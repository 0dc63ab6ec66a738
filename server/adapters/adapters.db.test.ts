import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { adapterSecrets, entitlementOverrides } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { TEST_SECRET } from "@/db/testing/cluster";
import { useTestDatabase } from "@/db/testing/test-database";
import { flagsBy } from "@/server/entitlements";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { createFlagStore } from "@/server/platform/unleash";
import { listReceipts } from "@/server/receipts";
import { planlessTenantWith } from "@/server/testing/actors";
import { rotateSecrets, secretKeysOf } from "@/server/secrets";
import { expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makeDraft } from "@/server/testing/workflows";
import { checkWorkflow, publishVersion, reviewVersion, saveDraft, submitVersion } from "@/server/workflows";
import { twoStepDefinition } from "@/server/testing/definitions";
import { endAdapter, findAdapters, listAdapters, registerAdapter, rotateAdapterSecret, updateAdapter } from "./index";
import { entitle } from "./testing/adapter-world";

const db = useTestDatabase();
const setUp = () =>
  planlessTenantWith(db.database, ["tenant_admin", "operator", "workflow_author", "workflow_reviewer", "read_only"]);
let world: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => {
  world = await setUp();
  await entitle(world.as.tenant_admin);
});

const wanted = (over: Record<string, unknown> = {}) => ({
  ...{ slug: "price", name: "Price service", address: "https://price.example.test/v1" },
  ...over,
});
const register = (over: Record<string, unknown> = {}) => registerAdapter(world.as.tenant_admin, wanted(over));
const NOT_ENTITLED = { code: "NotEntitled", details: { feature: "custom-adapters", addOn: "custom-adapters" } };

describe("registering an adapter", () => {
  it("gives the signing secret once, sealed from then on, with receipt and event", async () => {
    const { adapterId, secret } = await register({ input: { order: { type: "string" } } });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const listed = await listAdapters(world.as.read_only, {});
    expect(listed).toMatchObject({
      rows: [{ id: adapterId, slug: "price", address: "https://price.example.test/v1", timeoutSeconds: 10 }],
      closed: null,
    });
    const rows = await withTenant(world.as.operator, (tx) => tx.select().from(adapterSecrets));
    const { rows: receipts } = await listReceipts(world.as.tenant_admin, {});
    for (const shown of [listed, rows, receipts]) {
      expect(JSON.stringify(shown)).not.toContain(secret);
      expect(JSON.stringify(shown)).not.toContain(secret.slice("whsec_".length));
    }
    await expectReceipt(world.as.operator, "adapter.register", `adapter:${adapterId}`);
    expect(await recordedEvents(db.ownerUrl, world.tenant.tenantId)).toContain("adapter.registered");
  });

  it.each(["operator", "workflow_author", "workflow_reviewer", "read_only"] as const)("is not for %s", async (role) => {
    await expect(registerAdapter(world.as[role], wanted())).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(world.as[role], "adapter.register");
  });

  it("is refused to a tenant without the add-on, before anything is loaded", async () => {
    await entitle(world.as.tenant_admin, "revoke");
    await expect(register()).rejects.toMatchObject(NOT_ENTITLED);
    // Faulty input comes first, and a role that may not comes after.
    await expect(register({ address: "http://x" })).rejects.toMatchObject({ code: "Invalid" });
    await expect(registerAdapter(world.as.read_only, wanted())).rejects.toMatchObject(NOT_ENTITLED);
    expect(await listAdapters(world.as.read_only, {})).toEqual({ rows: [], closed: "not-in-plan" });
  });

  it("is refused where no flags are known at all, and so is each call, though the tenant is entitled", async () => {
    await register();
    const store = createFlagStore({ server: null, bootstrap: null, environment: "production" });
    vi.stubGlobal("conductorFlags", { store, flags: flagsBy(store) });
    onTestFinished(() => void vi.unstubAllGlobals());
    await expect(register({ slug: "other" })).rejects.toMatchObject({
      ...{ code: "NotEntitled", status: 402 },
      details: { feature: "custom-adapters", why: "held-back", flags: { provider: "none", revision: null } },
    });
    expect((await listAdapters(world.as.read_only, {})).closed).toBe("held-back");
    const { closed } = await findAdapters(world.as.operator, ["price"], new Date());
    expect(closed).toContain("switched off for now");
  });

  it("gives a name away once, to one that has ended too", async () => {
    const { adapterId } = await register();
    await expect(register()).rejects.toMatchObject({ code: "Conflict", details: { field: "slug" } });
    await endAdapter(world.as.operator, { adapterId });
    await expect(register()).rejects.toMatchObject({ code: "Conflict" });
  });

  it.each([
    "https://192.168.0.1/",
    "https://[::1]/",
    "https://[::1]/",
    "https://169.254.169.254/latest",
    "https://10.0.0.1/",
    "http://price.example.test/",
    "https://u:p@price.example.test/",
  ])("takes no address such as %s", async (address) => {
    await expect(register({ address })).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("changing an adapter", () => {
  it("moves it, and says so on record", async () => {
    const { adapterId } = await register();
    await updateAdapter(world.as.tenant_admin, { adapterId, name: "Prices", address: "https://new.example.test/" });
    expect((await listAdapters(world.as.operator, {})).rows).toMatchObject([
      { slug: "price", name: "Prices", address: "https://new.example.test/" },
    ]);
    const { rows } = await listReceipts(world.as.tenant_admin, {});
    expect(rows.find(({ action }) => action === "adapter.update")?.body).toMatchObject({
      detail: { before: "https://price.example.test/v1", address: "https://new.example.test/" },
    });
    const inside = { adapterId, name: "Prices", address: "https://192.168.1.1/" };
    await expect(updateAdapter(world.as.tenant_admin, inside)).rejects.toMatchObject({ code: "Invalid" });
  });

  it("rotates its secret: one before the last is good for its grace, and none longer", async () => {
    const { adapterId, secret } = await register();
    const rotated = await rotateAdapterSecret(world.as.tenant_admin, { adapterId, graceHours: 1 });
    expect(rotated.secret).not.toBe(secret);
    const [row] = (await listAdapters(world.as.operator, {})).rows;
    expect(Date.parse(must(row?.previousValidUntil, "a grace"))).toBeGreaterThan(Date.now() + 3_500_000);
    await rotateAdapterSecret(world.as.tenant_admin, { adapterId, graceHours: 0 });
    const rows = await withTenant(world.as.operator, (tx) => tx.select().from(adapterSecrets));
    expect(rows).toMatchObject([{ version: 3, validUntil: null }]);
  });

  it("has its secret brought under a new master secret with all others", async () => {
    await register();
    const keys = secretKeysOf({ CONDUCTOR_SECRET: "n".repeat(40), CONDUCTOR_SECRET_PREVIOUS: TEST_SECRET });
    expect(await rotateSecrets(db.database, keys)).toMatchObject({ unopened: 0 });
    const rows = await withTenant(world.as.operator, (tx) => tx.select().from(adapterSecrets));
    expect(rows.map(({ keyId }) => keyId)).toEqual([keys.current.keyId]);
  });

  it("ends it for good, secrets and all", async () => {
    const { adapterId } = await register();
    await endAdapter(world.as.operator, { adapterId });
    expect((await listAdapters(world.as.operator, {})).rows).toEqual([]);
    expect(await withTenant(world.as.operator, (tx) => tx.select().from(adapterSecrets))).toEqual([]);
    const change = { adapterId, name: "A", address: "https://a.example.test" };
    for (const again of [
      () => endAdapter(world.as.operator, { adapterId }),
      () => rotateAdapterSecret(world.as.tenant_admin, { adapterId }),
      () => updateAdapter(world.as.tenant_admin, change),
    ])
      await expect(again()).rejects.toMatchObject({ code: "NotFound" });
  });

  it("is not for lesser roles, nor for another tenant", async () => {
    const { adapterId } = await register();
    const change = { adapterId, name: "A", address: "https://evil.example.test/" };
    await expect(updateAdapter(world.as.operator, change)).rejects.toMatchObject({ code: "Forbidden" });
    await expect(rotateAdapterSecret(world.as.operator, { adapterId })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(endAdapter(world.as.workflow_author, { adapterId })).rejects.toMatchObject({ code: "Forbidden" });
    const { as: others } = await setUp();
    await entitle(others.tenant_admin);
    const missing = newId("adapter");
    for (const id of [adapterId, missing]) {
      await expect(updateAdapter(others.tenant_admin, { ...change, adapterId: id })).rejects.toMatchObject({
        ...{ code: "NotFound", message: "No such adapter." },
      });
      await expect(endAdapter(others.operator, { adapterId: id })).rejects.toMatchObject({ code: "NotFound" });
    }
    expect((await listAdapters(others.read_only, {})).rows).toEqual([]);
  });
});

describe("a definition that calls an adapter", () => {
  const steps = [{ id: "ask", type: "adapter", adapter: "price", input: {} }];
  const draft = () => makeDraft(world.as.workflow_author, { steps });
  const issues = async () =>
    (await checkWorkflow(world.as.workflow_author, { definition: twoStepDefinition({ steps }) as never })).issues;

  it("is saved and published where the adapter is in use", async () => {
    await register();
    expect(await issues()).toEqual([]);
    const { versionId, contentHash } = await draft();
    await submitVersion(world.as.workflow_author, { versionId });
    await reviewVersion(world.as.workflow_reviewer, { versionId, contentHash, verdict: "approved" });
    expect(await publishVersion(world.as.workflow_reviewer, { versionId, contentHash })).toMatchObject({
      status: "published",
    });
  });

  it("is refused where nobody knows the adapter, by its path, and told of while it is written", async () => {
    const message = "there is no adapter price, or it has ended";
    const details = { fields: [{ path: "steps.0.adapter", message }] };
    await expect(draft()).rejects.toMatchObject({ code: "Invalid", details });
    expect(await issues()).toEqual(details.fields);
    const { adapterId } = await register();
    await endAdapter(world.as.operator, { adapterId });
    await expect(draft()).rejects.toMatchObject({ code: "Invalid", details });
    const other = await setUp();
    await entitle(other.as.tenant_admin);
    await registerAdapter(other.as.tenant_admin, wanted({ slug: "theirs" }));
    const theirs = [{ ...steps[0], adapter: "theirs" }];
    await expect(makeDraft(world.as.workflow_author, { steps: theirs })).rejects.toMatchObject({ code: "Invalid" });
  });

  it("is refused to a tenant without the add-on, when it is saved and when it is published", async () => {
    await register();
    const { workflowId, versionId, contentHash } = await draft();
    await submitVersion(world.as.workflow_author, { versionId });
    await reviewVersion(world.as.workflow_reviewer, { versionId, contentHash, verdict: "approved" });
    await entitle(world.as.tenant_admin, "revoke");
    await expect(draft()).rejects.toMatchObject(NOT_ENTITLED);
    const definition = twoStepDefinition({ steps, name: "Changed" }) as never;
    const change = { workflowId, baseHash: contentHash, definition };
    await expect(saveDraft(world.as.workflow_author, change)).rejects.toMatchObject(NOT_ENTITLED);
    await expect(publishVersion(world.as.workflow_reviewer, { versionId, contentHash })).rejects.toMatchObject(
      NOT_ENTITLED,
    );
    expect(await issues()).toMatchObject([
      { path: "steps.0.adapter", message: expect.stringContaining("plan") as string },
    ]);
    // What calls none is saved as before.
    await makeDraft(world.as.workflow_author);
  });
});

describe("entitlements", () => {
  it("are granted and taken away with a receipt each, and once", async () => {
    const { tenant_admin: admin } = world.as;
    expect(await entitle(admin)).toEqual({ addOns: ["custom-adapters"], isChanged: false });
    expect(await entitle(admin, "revoke")).toEqual({ addOns: [], isChanged: true });
    expect(await entitle(admin, "revoke")).toEqual({ addOns: [], isChanged: false });
    const { rows } = await listReceipts(admin, {});
    const changes = rows.filter(({ action }) => action.startsWith("entitlement."));
    expect(changes.map(({ action }) => action)).toEqual(["entitlement.revoke", "entitlement.grant"]);
    const overrides = await withTenant(admin, (tx) => tx.select().from(entitlementOverrides));
    expect(overrides).toMatchObject([{ addOns: ["custom-adapters"], endedAt: expect.any(Date) as Date }]);
  });

  it("lose none of two changes at once", async () => {
    const { as } = await setUp();
    const changes = await Promise.all([entitle(as.operator), entitle(as.operator), entitle(as.operator)]);
    expect(changes.filter(({ isChanged }) => isChanged)).toHaveLength(1);
  });

  it("are each tenant's own", async () => {
    const { as } = await setUp();
    expect(await withTenant(as.operator, (tx) => tx.select().from(entitlementOverrides))).toEqual([]);
    expect(await listAdapters(as.read_only, {})).toMatchObject({ closed: "not-in-plan" });
  });
});
