import { setUpTenant as setUp, tenantProvisioned } from "@/server/tenants";
import type { JobDeps } from "../deps";

/** Makes the tenant that the operating tenant has provisioned. */
export const setUpTenant = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "set-up-tenant", triggers: [{ event: tenantProvisioned.name }] },
    ({ event, step, runId: requestId }) =>
      step.run("set up", async () => {
        const { forTenantId, wanted, provisionedBy, userId } = tenantProvisioned.payload.parse(event.data);
        const isNew = await setUp(
          { database, clock, newId, requestId },
          { forTenantId, wanted, provisionedBy, userId },
        );
        return { isNew };
      }),
  );
