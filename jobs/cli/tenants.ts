import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { systemClock } from "@/server/kernel/clock";
import { Refusal } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { provisionTenantSchema, setUpTenant } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

interface ProvisionAsked {
  name: string;
  slug: string;
  email: string;
  plan: string;
  seats?: number;
  expires: Date;
  reason: string;
  json: boolean;
}

/**
 * Makes a tenant with its plan and an invitation to its first administrator; exit code 1 where it is refused, 2 for what
 * is no such thing as asked for.
 */
export async function runTenantsProvision({ seats = 0, expires, json, ...asked }: ProvisionAsked): Promise<number> {
  const parsed = provisionTenantSchema.safeParse({ ...asked, moreSeats: seats, expiresAt: expires.toISOString() });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    process.stderr.write(`${faults.join("\n")}\nPlans: ${CATALOGUE.skus.map(({ id }) => id).join(", ")}.\n`);
    return 2;
  }
  completeEnvironment("local");
  const forTenantId = newId("tenant");
  try {
    await withDatabase(parseEnv(process.env), (database) =>
      setUpTenant(
        { database, clock: systemClock, newId, requestId: newId("request") },
        { forTenantId, wanted: parsed.data, provisionedBy: "system", userId: null },
      ),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const { slug, email, plan } = parsed.data;
  process.stdout.write(
    json
      ? `${JSON.stringify({ tenantId: forTenantId, slug, plan })}\n`
      : `${slug} is made, with ${plan}. ${email} is invited to administer it, and mailed once a worker runs.\n`,
  );
  return 0;
}
