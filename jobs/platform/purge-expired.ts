import { purgeExpired as purge } from "@/db/purge-expired";
import { purgeEvents } from "@/server/billing";
import { forgetViews } from "@/server/members";
import type { JobDeps } from "../deps";

/** Once a night, deletes sessions, sign-in links, allowances, Outbox messages and events of the seller that nobody can use any more, and what auditors were shown long ago. */
export const purgeExpired = ({ client, database, clock }: JobDeps) =>
  client.createFunction({ id: "purge-expired", triggers: [{ cron: "37 3 * * *" }] }, async ({ step }) => {
    const purged = await step.run("purge", () => purge(database));
    const billingEvents = await step.run("purge events of the seller", () => purgeEvents({ database }, clock.now()));
    const auditorViews = await step.run("purge what auditors were shown", () => forgetViews(database, clock.now()));
    return { ...purged, billingEvents, auditorViews };
  });
