import type { Metadata } from "next";
import { LinkedText } from "@/app/_shared/linked-text";
import { Moment } from "@/app/_shared/moment";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { load } from "@/app/_trpc/load";
import { processOutbox } from "@/server/auth/process-outbox";
import classes from "./outbox.module.css";

export const metadata: Metadata = { title: "Outbox" };

export default async function OutboxPage() {
  const [messages, zone] = await Promise.all([load(processOutbox()), readerZone()]);
  return (
    <>
      <PageHead
        title="Outbox"
        about="No mail server is set up here, so what would have been sent is kept on this page, newest first."
      />
      <Panel isFlush>
        {messages.length === 0 ? (
          <Empty title="Nothing was sent yet">Ask for a sign-in link, or invite somebody: the mail appears here.</Empty>
        ) : (
          <ul className={classes.list} aria-label="Messages">
            {messages.map(({ id, recipient, subject, text, createdAt }) => (
              <li key={id}>
                <article aria-label={`${subject}, to ${recipient}`}>
                  <header className={classes.head}>
                    <strong>{subject}</strong>
                    <span>
                      to {recipient}, <Moment at={createdAt} zone={zone} />
                    </span>
                  </header>
                  <p className={classes.text}>
                    <LinkedText text={text} />
                  </p>
                </article>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
