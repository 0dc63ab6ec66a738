import { applyGrant as apply, planGranted } from "@/server/billing";
import type { JobDeps } from "../deps";

/** Writes what the operating tenant has granted by hand where it belongs. */
export const applyGrant = ({ client, database, newId }: JobDeps) =>
  client.createFunction({ id: "apply-grant", triggers: [{ event: planGranted.name }] }, ({ event, step }) =>
    step.run("apply", () => apply({ database, newId }, planGranted.payload.parse(event.data))),
  );
