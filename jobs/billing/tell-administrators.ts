import { writeBillingNoticed } from "@/emails/billing/billing-noticed";
import { billingNoticed, composeBillingLetter, noticeWords, tendTrials } from "@/server/billing";
import { tellOfBilling } from "@/server/notifications";
import { sendMail } from "@/server/platform/mailer";
import type { JobDeps } from "../deps";

interface Mailing {
  tenantId: string;
  userId: string;
  /** Where it is settled at the seller; null where that is the Billing page. */
  url: string | null;
  words: ReturnType<typeof noticeWords>;
}

/** Mails an administrator what there is about payments; "gone" for a person who is no more. */
export async function mailAdministrator(
  { database, env }: Pick<JobDeps, "database" | "env">,
  { tenantId, userId, url, words }: Mailing,
): Promise<"gone" | "sent"> {
  const letter = await composeBillingLetter(database, { tenantId, userId });
  if (letter === null) return "gone";
  const { to, tenantName, billingUrl } = letter;
  await sendMail(
    { database, env },
    { to, ...(await writeBillingNoticed({ ...words, tenantName, url: url ?? billingUrl })) },
  );
  return "sent";
}

/** In the app and by mail: administrators learn of a payment, a card, a trial or an end; tries again while the mail server is away. */
export const tellOfPayments = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "tell-of-payments", triggers: [{ event: billingNoticed.name }], retries: 10 },
    async ({ event, step }) => {
      const { tenantId, key, url, ...notice } = billingNoticed.payload.parse(event.data);
      const words = noticeWords(notice);
      const userIds = await step.run("tell", () =>
        tellOfBilling({ database, clock, newId, tenantId }, { key, title: words.title }),
      );
      for (const userId of userIds)
        await step.run(`mail ${userId}`, () => mailAdministrator({ database, env }, { tenantId, userId, url, words }));
      return { told: userIds.length };
    },
  );

/** Each hour: trials without a card that end soon, or have ended, are told of. */
export const tendTrialsEachHour = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction({ id: "tend-trials", triggers: [{ cron: "41 * * * *" }], retries: 3 }, ({ step }) =>
    step.run("tend", async () => ({ told: await tendTrials({ database, clock, newId }) })),
  );
