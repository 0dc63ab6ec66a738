import { beforeEach, describe, expect, it } from "vitest";
import { catalogueSignatures, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { makeTenant, type MadeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { ROLES } from "@/policies/access/vocabulary";
import { CATALOGUE, catalogueHash } from "@/policies/entitlements/catalogue";
import { draftWords } from "@/policies/entitlements/signing";
import { newId } from "@/server/kernel/ids";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import { findSignatures, getCatalogue, signCatalogue } from "./index";

const db = useTestDatabase();
const contentHash = catalogueHash(CATALOGUE);
let operating: MadeTenant;
beforeEach(async () => {
  // One operates at a time: those of earlier tests do not any more.
  for (const { tenantId } of made)
    await withTenant({ ...db, tenantId }, (tx) => tx.update(tenants).set({ isOperator: false }));
  operating = await makeTenant(db.database, { isOperator: true });
  made.push(operating);
});
const made: MadeTenant[] = [];
const by = (role: (typeof ROLES)[number]) => memberContext(db.database, operating, { roles: [role] });

describe("signCatalogue", () => {
  it("takes two people, in one title each, with a receipt each; then it may be sold", async () => {
    const [ada, ben] = [await by("conductor_admin"), await by("conductor_admin")];
    expect(draftWords(CATALOGUE, await findSignatures(db.database))).toContain("founder and go-to-market");
    expect(await signCatalogue(ada, { contentHash, title: "founder" })).toEqual({
      version: 1,
      missing: ["go-to-market"],
    });
    await expectReceipt(ada, "catalogue.sign", "catalogue:1");
    expect(draftWords(CATALOGUE, await findSignatures(db.database))).toContain("not signed for go-to-market");
    expect(await signCatalogue(ben, { contentHash, title: "go-to-market" })).toEqual({ version: 1, missing: [] });
    expect(draftWords(CATALOGUE, await findSignatures(db.database))).toBeNull();
    expect(await getCatalogue(ben, { version: 1 })).toMatchObject({
      ...{ contentHash, missing: [] },
      signatures: [
        { title: "founder", isOwn: false },
        { title: "go-to-market", isOwn: true },
      ],
    });
  });

  it("is refused to one person twice, and to a second in the same title", async () => {
    const [ada, ben] = [await by("conductor_admin"), await by("conductor_admin")];
    await signCatalogue(ada, { contentHash, title: "founder" });
    await expect(signCatalogue(ada, { contentHash, title: "go-to-market" })).rejects.toMatchObject({
      ...{ code: "Forbidden", details: { failed: ["requester"] } },
    });
    await expectDenial(ada, "catalogue.sign");
    await expect(signCatalogue(ben, { contentHash, title: "founder" })).rejects.toMatchObject({ code: "Conflict" });
  });

  it("gives one title to one of two who sign at once", async () => {
    const people = [await by("conductor_admin"), await by("conductor_admin")];
    const outcomes = await Promise.allSettled(
      people.map((who) => signCatalogue(who, { contentHash, title: "founder" })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [lost] = outcomes.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    expect(lost?.reason).toMatchObject({ code: "Conflict" });
  });

  it("signs only what was read: another content is refused, and a signature over another is void", async () => {
    const ada = await by("conductor_admin");
    const other = `sha256:${"0".repeat(64)}`;
    await expect(signCatalogue(ada, { contentHash: other, title: "founder" })).rejects.toMatchObject({
      ...{ code: "Conflict", details: { contentHash } },
    });
    await withTenant(ada, (tx) =>
      tx.insert(catalogueSignatures).values({
        ...{ tenantId: ada.tenantId, id: newId("catalogueSignature"), version: 1, contentHash: other },
        ...{ title: "founder" as const, signedBy: `user:${ada.principal.id}`, signedAt: new Date() },
      }),
    );
    expect(await getCatalogue(ada, { version: 1 })).toMatchObject({
      signatures: [],
      missing: ["founder", "go-to-market"],
    });
    // What was signed before stands in nobody's way.
    await signCatalogue(ada, { contentHash, title: "founder" });
  });

  it.each(ROLES.filter((role) => role !== "conductor_admin"))("is not for %s of the operating tenant", async (role) => {
    await expect(signCatalogue(await by(role), { contentHash, title: "founder" })).rejects.toMatchObject({
      code: "Forbidden",
    });
  });

  it("is not for anybody of another tenant, nor is what they would sign ever counted", async () => {
    const { as } = await tenantWith(db.database, ["conductor_admin"]);
    await expect(signCatalogue(as.conductor_admin, { contentHash, title: "founder" })).rejects.toMatchObject({
      ...{ code: "Forbidden", details: { failed: ["same_tenant"] } },
    });
    await expect(getCatalogue(as.conductor_admin, { version: 1 })).rejects.toMatchObject({ code: "Forbidden" });
    const { tenantId } = as.conductor_admin;
    for (const [title, signedBy] of [
      ["founder", "user:x"],
      ["go-to-market", "user:y"],
    ] as const)
      await withTenant(as.conductor_admin, (tx) =>
        tx.insert(catalogueSignatures).values({
          ...{ tenantId, id: newId("catalogueSignature"), version: 1, contentHash, title, signedBy },
          signedAt: new Date(),
        }),
      );
    expect(draftWords(CATALOGUE, await findSignatures(db.database))).not.toBeNull();
  });
});
