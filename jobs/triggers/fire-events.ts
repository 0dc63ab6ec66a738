import { runFinished } from "@/server/runs";
import { eventSent, fireEvent, tenantsThatListen } from "@/server/triggers";
import type { JobDeps } from "../deps";

/** Starts what subscribes to events: runs that finished, and what programs sent. Many at once, as many concern nobody. */
export const fireEvents = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    {
      id: "fire-event-triggers",
      triggers: [{ event: runFinished.name, if: "event.data.hasListeners" }, { event: eventSent.name }],
      batchEvents: { maxSize: 50, timeout: "1s" },
      retries: 5,
    },
    async ({ events, step, runId: requestId }) => {
      const call = { database, clock, newId, requestId };
      const happened = events.map(({ name, id, data }) => {
        if (name !== runFinished.name) return eventSent.payload.parse(data);
        const { tenantId, runId } = runFinished.payload.parse(data);
        return { tenantId, runId, eventId: id };
      });
      return step.run("fire", async () => {
        const listening = await tenantsThatListen(
          call,
          happened.map(({ tenantId }) => tenantId),
        );
        let concerned = 0;
        for (const each of happened) if (listening.has(each.tenantId)) concerned += await fireEvent(call, each);
        return { concerned };
      });
    },
  );
