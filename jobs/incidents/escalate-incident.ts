import { incidentOpened, incidentRepeated, listEscalationMinutes, planMessages } from "@/server/incidents";
import type { JobDeps } from "../deps";

/** Whoever is on call is told of an incident, and step by step more people, until somebody has taken it on. */
export const escalateIncident = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "escalate-incident", triggers: [{ event: incidentOpened.name }], retries: 10 },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, incidentId, episode } = incidentOpened.payload.parse(event.data);
      const ctx = { database, clock, newId, requestId, tenantId };
      const minutes = await step.run("steps", () => listEscalationMinutes(ctx));
      let waited = 0;
      for (const [level, afterMinutes] of minutes.entries()) {
        if (afterMinutes > waited) await step.sleep(`wait for ${level}`, `${afterMinutes - waited}m`);
        waited = Math.max(waited, afterMinutes);
        const occasion = level === 0 ? "opened" : "escalated";
        const { isOver } = await step.run(`tell ${level}`, () =>
          planMessages(ctx, { incidentId, episode, occasion, level }),
        );
        if (isOver) return { told: level };
      }
      return { told: minutes.length };
    },
  );

/** Whoever is on call is told that the alerts of an incident go on which nobody has taken on. */
export const tellOfRepeats = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "tell-of-repeats", triggers: [{ event: incidentRepeated.name }], retries: 10 },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, incidentId, episode, alertCount } = incidentRepeated.payload.parse(event.data);
      const ctx = { database, clock, newId, requestId, tenantId };
      return step.run("tell", () =>
        planMessages(ctx, { incidentId, episode, occasion: "repeated", level: 0, alertCount }),
      );
    },
  );
