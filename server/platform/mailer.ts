import { createTransport, type Transporter } from "nodemailer";
import { keepMessage, type MessageStore } from "@/db/messages";
import { unavailable } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import type { Env } from "./env";

/** One letter to one address, which the caller has checked. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** An id that names this letter however often it is handed over: its Message-ID, so that mailboxes keep one. */
  name?: string;
}

export interface Mailer {
  /** Hands the mail over; throws Unavailable when the mail server does not take it. */
  send(mail: Mail): Promise<void>;
}

// A person waits for the sign-in page meanwhile, so a dead mail server must show soon.
const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };

/** Mail over SMTP; `url` as in SMTP_URL. */
export function smtpMailer(url: string, from: string): Mailer {
  // A mail's content never names a file or an address to fetch: nodemailer would attach what it finds there.
  const host =
    from
      .split("@")
      .at(-1)
      ?.replace(/[^\w.-]/g, "") ?? "localhost";
  const transport: Transporter = createTransport({ url, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
  return {
    send: async ({ to, name, ...content }) => {
      const named = name === undefined ? {} : { messageId: `<${name}@${host}>` };
      try {
        await transport.sendMail({ from, to: { name: "", address: to }, ...content, ...named });
      } catch (error) {
        throw unavailable("The mail could not be sent. Try again in a minute.", error);
      }
    },
  };
}

/** Mail that stays in the database, for the Outbox page. */
function outboxMailer(store: MessageStore): Mailer {
  return {
    send: ({ to, subject, text, html = null, name }) =>
      keepMessage(store, { channel: "email", recipient: to, subject, text, html }, name),
  };
}

const transports = new Map<string, Mailer>();

/** The mailer of a deployment: SMTP when it is configured, else the Outbox page; production always has SMTP. */
export function mailerOf(database: MessageStore["database"], e: Pick<Env, "SMTP_URL" | "MAIL_FROM">): Mailer {
  if (e.SMTP_URL === undefined) return outboxMailer({ database, newId });
  const key = `${e.SMTP_URL} ${e.MAIL_FROM}`;
  const mailer = transports.get(key) ?? smtpMailer(e.SMTP_URL, e.MAIL_FROM);
  transports.set(key, mailer);
  return mailer;
}

/** Sends one mail by the deployment's mailer. */
export function sendMail(
  { database, env }: { database: MessageStore["database"]; env: Pick<Env, "SMTP_URL" | "MAIL_FROM"> },
  mail: Mail,
): Promise<void> {
  return mailerOf(database, env).send(mail);
}
