import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, it, vi } from "vitest";
import { makeTenant, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import type { Role } from "@/policies/access/vocabulary";
import { signLicence } from "@/policies/entitlements/licence-signature";
import { fixedClock } from "@/server/kernel/clock";
import { provisionTenant } from "@/server/tenants";
import { memberContext } from "@/server/testing/actors";
import { getLicence, getPlan } from "./index";

const db = useTestDatabase();
const START = new Date();
const days = (count: number) => new Date(START.getTime() + count * 86_400_000);

// Before anything of this process has read its configuration: the licence is read once.
beforeAll(() => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const licence = {
    ...{ version: 1 as const, id: "partner-1", sku: "white-label" as const, issuer: "Maestro", holder: "Partner" },
    ...{ deployment: "localhost:3000", tenants: 2, seats: 7, concurrentRuns: 40, addOns: [], catalogueVersion: 1 },
    ...{ notBefore: days(-1).toISOString(), expiresAt: days(20).toISOString() },
  };
  const file = path.join(mkdtempSync(path.join(tmpdir(), "conductor-licence-")), "licence.json");
  writeFileSync(file, JSON.stringify(signLicence(licence, privateKey)));
  vi.stubEnv("CONDUCTOR_LICENCE_FILE", file);
  vi.stubEnv("CONDUCTOR_LICENCE_PUBLIC_KEY", publicKey.export({ type: "spki", format: "der" }).toString("base64"));
});

const by = async (isOperator: boolean, role: Role, at = START) => {
  const tenant = await makeTenant(db.database, { isOperator, plan: null });
  return memberContext(db.database, tenant, { roles: [role] }, fixedClock(at));
};

it("is shown to administrators of the operating tenant, with its days left, tenants and seats", async () => {
  const admin = await by(true, "conductor_admin");
  expect(await getLicence(admin, {})).toMatchObject({
    ...{ id: "partner-1", title: "White-Label Edition", holder: "Partner", daysLeft: 20, hasExpired: false },
    ...{ tenants: { most: 2, there: 1 }, seatsPerTenant: 7, concurrentRunsPerTenant: 40 },
  });
  // It is what every tenant of the deployment has.
  expect((await getPlan(admin, {})).plan).toMatchObject({ source: "licence", title: "White-Label Edition" });
  expect(await getLicence(await by(false, "tenant_admin"), {})).toBeNull();
  await expect(getLicence(await by(true, "operator"), {})).rejects.toMatchObject({ code: "Forbidden" });
});

it("says so once it has expired", async () => {
  const admin = await by(true, "conductor_admin", days(21));
  expect(await getLicence(admin, {})).toMatchObject({ daysLeft: 0, hasExpired: true });
});

it("lets no more tenants be provisioned than it has", async () => {
  const wanted = { name: "More", slug: unique("more"), email: "a@example.test", plan: "white-label" as const };
  await expect(
    provisionTenant(await by(true, "conductor_admin"), {
      ...{ ...wanted, expiresAt: days(10).toISOString(), reason: "One more" },
    }),
  ).rejects.toMatchObject({ code: "LimitReached", details: { reason: "tenants", limit: 2 } });
});
