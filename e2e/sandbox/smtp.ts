import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface SmtpSandbox {
  /** For SMTP_URL. */
  url: string;
  /** Every mail taken so far, oldest first. */
  mails: readonly ReceivedMail[];
  /** The next mail to an address that `after` does not hold, waiting for it if it is still on its way. */
  nextTo(address: string, after?: readonly ReceivedMail[]): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

export interface ReceivedMail {
  /** Envelope recipients: where the mail really went. */
  recipients: string[];
  content: Email;
}

const WAIT_MS = 30_000;

/** A real mail server on loopback that keeps what it gets in memory. */
export async function startSmtpSandbox(): Promise<SmtpSandbox> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        PostalMime.parse(Buffer.concat(parts)).then((content) => {
          mails.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), content });
          for (const wake of waiting) wake();
          done();
        }, done);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the mail server has no port");

  const nextTo = (recipient: string, after: readonly ReceivedMail[] = []) =>
    new Promise<ReceivedMail>((resolve, reject) => {
      const look = () => {
        const found = mails.find((mail) => mail.recipients.includes(recipient) && !after.includes(mail));
        if (found === undefined) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`No mail to ${recipient} within ${WAIT_MS / 1_000} s.`));
      }, WAIT_MS);
      waiting.add(look);
      look();
    });
  return {
    ...{ url: `smtp://127.0.0.1:${address.port}`, mails, nextTo },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The first address of our own that a mail's plain text holds. */
export function linkIn(mail: ReceivedMail): string {
  const link = /https?:\/\/\S+/.exec(mail.content.text ?? "")?.[0];
  if (link === undefined) throw new Error(`The mail "${mail.content.subject ?? ""}" holds no link.`);
  return link;
}
