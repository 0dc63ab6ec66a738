import { tellAuthors, tellReviewers, tellStarter } from "@/server/notifications";
import { runFinished } from "@/server/runs";
import { workflowReviewed, workflowSubmitted } from "@/server/workflows";
import type { JobDeps } from "../deps";

/** In the app: reviewers learn that a version waits for them. */
export const notifyReviewers = ({ client, ...deps }: JobDeps) =>
  client.createFunction(
    { id: "notify-reviewers", triggers: [{ event: workflowSubmitted.name }] },
    async ({ event, step }) => {
      const { tenantId, versionId } = workflowSubmitted.payload.parse(event.data);
      return step.run("tell", () => tellReviewers({ ...deps, tenantId }, versionId));
    },
  );

/** In the app: authors learn what the reviewer decided. */
export const notifyAuthors = ({ client, ...deps }: JobDeps) =>
  client.createFunction(
    { id: "notify-authors", triggers: [{ event: workflowReviewed.name }] },
    async ({ event, step }) => {
      const { tenantId, versionId, verdict } = workflowReviewed.payload.parse(event.data);
      return step.run("tell", () => tellAuthors({ ...deps, tenantId }, versionId, verdict, event.id));
    },
  );

/** In the app: whoever started a run learns that it failed. */
export const notifyStarter = ({ client, ...deps }: JobDeps) =>
  client.createFunction(
    { id: "notify-starter", triggers: [{ event: runFinished.name, if: "event.data.status == 'failed'" }] },
    async ({ event, step }) => {
      const { tenantId, runId } = runFinished.payload.parse(event.data);
      return step.run("tell", () => tellStarter({ ...deps, tenantId }, runId));
    },
  );
