import { writeReviewAsked } from "@/emails/access-reviews/review-asked";
import { accessReviewOpened, composeReviewLetter } from "@/server/access-reviews";
import { type ReviewOccasion, tellAccessReviewers } from "@/server/notifications";
import { sendMail } from "@/server/platform/mailer";
import type { JobDeps } from "../deps";

/** Mails a reviewer, unless nothing is to be decided any more. */
export async function mailReviewer(
  call: Parameters<typeof composeReviewLetter>[0],
  env: JobDeps["env"],
  asked: Parameters<typeof composeReviewLetter>[1],
  occasion: ReviewOccasion["occasion"],
): Promise<"sent" | "closed"> {
  const letter = await composeReviewLetter(call, asked);
  if (letter === null) return "closed";
  const { to, ...facts } = letter;
  await sendMail({ database: call.database, env }, { to, ...(await writeReviewAsked({ ...facts, occasion })) });
  return "sent";
}

/** In the app and by mail: whom a review names learns that it was opened. */
export const askReviewers = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "ask-access-reviewers", triggers: [{ event: accessReviewOpened.name }], retries: 10 },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, reviewId } = accessReviewOpened.payload.parse(event.data);
      const opened = { occasion: "opened", name: "opened" } as const;
      const userIds = await step.run("tell", () =>
        tellAccessReviewers({ database, clock, newId, tenantId }, reviewId, opened),
      );
      for (const userId of userIds)
        await step.run(`mail ${userId}`, () =>
          mailReviewer({ database, clock, newId, requestId }, env, { tenantId, reviewId, userId }, "opened"),
        );
      return { asked: userIds.length };
    },
  );
