import { describe, expect, it } from "vitest";
import { controlCollections, controlFacts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { tenantWith } from "@/server/testing/actors";
import type { TenantContext } from "@/server/verb";
import { listOccurrences } from "./index";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
const control = "MC-AC-01";

/** Looks at one control, in days after now. */
async function looked(ctx: TenantContext, found: readonly [day: number, outcome: "pass" | "fail"][]) {
  await withTenant(ctx, async (tx) => {
    for (const [day, outcome] of found) {
      const [collectionId, at] = [newId("controlCollection"), new Date(Date.now() + day * DAY_MS)];
      const { tenantId } = ctx;
      const own = { tenantId, id: collectionId, askedBy: "system", askedAt: at, endedAt: at, catalogue: "1" };
      await tx.insert(controlCollections).values({ ...own, done: 1, total: 1 });
      await tx.insert(controlFacts).values({
        ...{ tenantId, id: newId("controlFact"), collectionId, control, probe: "tenant-walls", outcome },
        ...{ reason: "Seen.", facts: {}, observedAt: at },
      });
    }
  });
}

describe("controls over a period", () => {
  it("are told with how often each was to be shown, and what became of each turn", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin", "read_only", "operator"]);
    await looked(as.tenant_admin, [...[0.2, 3.2, 4.2].map((day): [number, "pass"] => [day, "pass"]), [1.2, "fail"]]);
    const later = { ...as.read_only, clock: fixedClock(new Date(Date.now() + 5 * DAY_MS + 60_000)) };
    const year = { from: "2026-01-01T00:00:00.000Z", to: "2026-12-31T00:00:00.000Z" };
    const asked = {
      from: new Date(Date.now() - 90 * DAY_MS).toISOString(),
      to: new Date(Date.now() + 90 * DAY_MS).toISOString(),
    };
    const { rows, to } = await listOccurrences(later, asked);
    expect(to).toBe(later.clock.now().toISOString());
    const row = must(
      rows.find((each) => each.control === control),
      "every control is told",
    );
    // Since the tenant was founded, and until now.
    expect(row).toMatchObject({ expected: 5, observed: 4, failed: 1 });
    expect(row.stretches.map(({ state, turns }) => [state, turns])).toEqual([
      ...[["held", 1] as const, ["failed", 1] as const, ["missed", 1] as const, ["held", 2] as const],
    ]);
    await expect(listOccurrences(as.operator, year)).rejects.toMatchObject({ code: "Forbidden" });
  });

  it("are expected to show nothing before the tenant was there, and nothing that lies ahead", async () => {
    const { as } = await tenantWith(db.database, ["read_only"]);
    const rowsOf = async (from: number, to: number) => {
      const [begin, end] = [from, to].map((day) => new Date(Date.now() + day * DAY_MS).toISOString());
      return (await listOccurrences(as.read_only, { from: begin ?? "", to: end ?? "" })).rows;
    };
    expect([await rowsOf(-20, -10), await rowsOf(10, 20)]).toEqual([[], []]);
  });

  it.each([
    ["that ends before it begins", 5, 1],
    ["longer than 400 days", -401, 1],
  ])("are refused for a period %s", async (_what, from, to) => {
    const { as } = await tenantWith(db.database, ["read_only"]);
    const on = (day: number) => new Date(Date.now() + day * DAY_MS).toISOString();
    await expect(listOccurrences(as.read_only, { from: on(from), to: on(to) })).rejects.toMatchObject({
      code: "Invalid",
    });
  });
});
