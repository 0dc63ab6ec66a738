import { describe, expect, it } from "vitest";
import { shippedPolicy } from "@/policies/packs";
import { must } from "@/server/kernel/errors";
import { decidePolicyChange, proposePolicy } from "@/server/policy-changes";
import { memberContext } from "@/server/testing/actors";
import { acceptDrift, getDriftStatus } from "./index";
import { useDriftWorld } from "./testing/drift-world";

const world = useDriftWorld();
const { db, clock, ctx, look, find, openOf, foundedTenant } = world;

describe("a tenant's policy", () => {
  it("that was changed past the product differs until its row is put back", async () => {
    const { tenantId } = await foundedTenant();
    await world.owner.query(
      "update tenants set governance_profile = 'conductor-governance-internal' where tenant_id = $1",
      [tenantId],
    );
    await look();
    const [task] = await openOf(tenantId);
    expect(task).toMatchObject({
      kind: "tenant_policy",
      expected: expect.stringContaining("conductor-governance-saas") as string,
      found: expect.stringContaining("conductor-governance-internal") as string,
    });
    await world.owner.query(must(task, "the difference has a task").undo);
    expect(await look()).toMatchObject({ differences: 0, closed: 1 });
  });

  it("is what was decided, with what waits: whatever is taken off or put on past the product differs", async () => {
    const { tenantId, slug, ctx: founder } = await foundedTenant();
    const second = await memberContext(db.database, { tenantId, slug }, { roles: ["tenant_admin"] }, clock);
    const stricter = { profile: "saas", tightening: "break_glass: { minutes: 5 }", reason: "Shorter" };
    const { changeId, toRevision } = await proposePolicy(founder, stricter);
    expect(await find()).toEqual([]);
    await decidePolicyChange(second, { changeId, toRevision, verdict: "approved" });
    expect(await find()).toEqual([]);
    await proposePolicy(founder, { ...stricter, tightening: "break_glass: { minutes: 4 }" });
    expect(await find()).toEqual([]);
    for (const set of ["tightening = '{}'", "pending_policy = null", `tightening = '{"break_glass":{"minutes":1}}'`]) {
      await world.owner.query(`update tenants set ${set} where tenant_id = $1`, [tenantId]);
      await look();
      const [task] = await openOf(tenantId);
      await world.owner.query(must(task, `${set} has a task`).undo);
      expect(await look()).toMatchObject({ differences: 0, closed: 1 });
    }
  });

  it("whose pack is shipped with other content differs until that is accepted, and again with the next", async () => {
    const { tenantId, ctx: founder } = await foundedTenant();
    const old = "conductor-governance-saas@1+0000000000000000";
    await world.owner.query(
      "update receipts set body = jsonb_set(body::jsonb, '{revision}', to_jsonb($2::text))::json where tenant_id = $1 and action = 'tenant.create'",
      [tenantId, old],
    );
    await look();
    const [task] = await openOf(tenantId);
    const { key, undo } = must(task, "the difference has a task");
    const { revision } = shippedPolicy("conductor-governance-saas");
    expect(task).toMatchObject({ kind: "pack", expected: old, found: revision, undoRuns: "command" });
    expect(undo).toContain(`--key ${key}`);
    const asked = { ...ctx(), tenantId };
    expect(await acceptDrift(asked, { key: "pack:other", reason: "Reviewed" })).toBe("missing");
    expect(await acceptDrift(asked, { key, reason: "Reviewed" })).toBe("accepted");
    expect(await look()).toMatchObject({ differences: 0, closed: 1 });
    await world.owner.query("update remediation_tasks set accepted_found = 'an older one' where tenant_id = $1", [
      tenantId,
    ]);
    expect(await look()).toMatchObject({ differences: 1, opened: 1 });
    expect((await getDriftStatus(founder, {})).open).toBe(1);
    expect(await acceptDrift(asked, { key, reason: "Reviewed" })).toBe("accepted");
    await look();
  });

  it("is never accepted where it can be undone", async () => {
    await world.owner.query("grant update on public.receipts to conductor_app");
    await look();
    const [task] = await openOf(world.operating.tenantId);
    const { key, undo } = must(task, "the difference has a task");
    expect(await acceptDrift({ ...ctx(), tenantId: world.operating.tenantId }, { key, reason: "No" })).toBe("undo");
    await world.owner.query(undo);
    await look();
  });
});
