import { deliverEvent } from "@/server/runs";
import { eventSent } from "@/server/triggers";
import type { JobDeps } from "../deps";

/** Gives events to the steps that wait for them. Many at once, as most are waited for by nobody. */
export const deliverEvents = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    {
      id: "deliver-events",
      triggers: [{ event: eventSent.name }],
      batchEvents: { maxSize: 50, timeout: "1s" },
      retries: 20,
    },
    ({ events, step }) =>
      step.run("deliver", async () => {
        let delivered = 0;
        for (const { data } of events) {
          const { tenantId, eventId } = eventSent.payload.parse(data);
          delivered += await deliverEvent({ database, tenantId, clock, newId }, eventId);
        }
        return { delivered };
      }),
  );
