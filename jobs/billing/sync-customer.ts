import { cancelExtra, customerTouched, findSeller, syncCustomer as sync } from "@/server/billing";
import type { JobDeps } from "../deps";

/** Fetches a customer of which the seller told something, and brings what its tenant has bought to that. */
export const syncCustomer = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "sync-customer", triggers: [{ event: customerTouched.name }], retries: 10 },
    async ({ event, step }) => {
      const { tenantId, customerId } = customerTouched.payload.parse(event.data);
      const seller = findSeller(env);
      if (seller === null) return { version: 0 };
      const ctx = { database, clock, newId, seller, tenantId, by: "job:sync-customer" };
      const { version, toCancel } = await step.run("sync", () => sync(ctx, customerId));
      if (toCancel.length === 0) return { version };
      await step.run("cancel what bills again", () => cancelExtra(seller, toCancel));
      return step.run("sync again", async () => ({ version: (await sync(ctx, customerId)).version }));
    },
  );
