import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { makeTenant } from "@/db/testing/factories";
import { ROLES } from "@/policies/access/vocabulary";
import { gatedFeatures } from "@/policies/entitlements/gates";
import { type Feature, openersOf } from "@/policies/entitlements/features";
import { ID_PREFIXES, type IdKind, newId } from "@/server/kernel/ids";
import { must } from "@/server/kernel/errors";
import { memberContext, userContext } from "@/server/testing/actors";
import { inputNaming } from "@/server/testing/foreign-inputs";
import { countReceipts } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { createCallerFactory, type ProcedureMeta } from "./init";
import { appRouter } from "./root";

const db = useTestDatabase();
const createCaller = createCallerFactory(appRouter);
const things = {
  ...Object.fromEntries(Object.keys(ID_PREFIXES).map((kind) => [kind, newId(kind as IdKind)])),
  slug: "anything",
};

/** What of a procedure's input decides which of its features is asked about. */
const WANTING: Partial<Record<Feature, object>> = {
  "governance-packs": { tightening: "" },
  "own-policy": { tightening: "break_glass: { minutes: 20 }" },
};

let ctx: TenantContext;
beforeAll(async () => {
  const tenant = await makeTenant(db.database, { plan: null });
  ctx = await memberContext(db.database, tenant, { roles: [...ROLES], clearance: "restricted" });
});

async function call(name: string, input: object): Promise<unknown> {
  const [router = "", procedure = ""] = name.split(".");
  const { actor } = ctx;
  if (actor.kind !== "user") throw new Error("a person calls");
  const person = { id: actor.userId, email: actor.email, name: "" };
  const caller = createCaller({
    ...{ requestId: ctx.requestId, tenantSlug: ctx.tenant.slug, limit: async () => undefined },
    signedIn: async () => ({ ...userContext(db.database, person), tenants: [ctx] }),
  }) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  return caller[router]?.[procedure]?.(input);
}

const asked = gatedFeatures().flatMap(({ feature, procedures }) =>
  procedures.map((name): [string, Feature] => [name, feature]),
);

describe("a tenant without a plan", () => {
  it.each(asked)("is refused %s for want of %s, with what opens it, and leaves no receipt", async (name, feature) => {
    const procedure = must(Object.entries(appRouter._def.procedures).find(([each]) => each === name)?.[1], "it exists");
    const meta = must((procedure as unknown as { _def: { meta?: ProcedureMeta } })._def.meta, "it says what it is");
    const before = await countReceipts(ctx);
    const error: unknown = await call(name, { ...inputNaming(meta.input, things).input, ...WANTING[feature] }).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as { cause: unknown }).cause).toMatchObject({
      ...{ code: "NotEntitled", status: 402 },
      details: { feature, why: "not-in-plan", opensWith: openersOf(feature, null) },
    });
    expect(await countReceipts(ctx)).toBe(before);
  });

  it("is told of every feature by a procedure that each member may ask", async () => {
    const features = (await call("billing.features", {})) as { feature: Feature; closed: string | null }[];
    const open = features.filter(({ closed }) => closed === null).map(({ feature }) => feature);
    expect(open).toEqual(["receipts"]);
  });
});
