import { customerTouched, findSeller, syncCustomer as sync } from "@/server/billing";
import type { JobDeps } from "../deps";

/** Fetches a customer of which the seller told something, and brings what its tenant has bought to that. */
export const syncCustomer = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "sync-customer", triggers: [{ event: customerTouched.name }], retries: 10 },
    ({ event, step }) =>
      step.run("sync", async () => {
        const { tenantId, customerId } = customerTouched.payload.parse(event.data);
        const seller = findSeller(env);
        if (seller === null) return { isChanged: false };
        const ctx = { database, clock, newId, seller, tenantId, by: "job:sync-customer" };
        const { isChanged, version } = await sync(ctx, customerId);
        return { isChanged, version };
      }),
  );
