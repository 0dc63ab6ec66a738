import { sql } from "drizzle-orm";
import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { maybeMoment, moment, tenantId } from "./columns";
import { users } from "./identity";
import { tenants } from "./tenants";

/** What waits for one person, in the app. */
export const notifications = pgTable(
  "notifications",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    /** What it tells, such as `workflow.submitted:wfv_…`: told once per person, however often the job runs. */
    dedupe: text("dedupe").notNull(),
    title: text("title").notNull(),
    href: text("href").notNull(),
    createdAt: moment("created_at").default(sql`now()`),
    readAt: maybeMoment("read_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("notifications_dedupe_key").on(t.tenantId, t.userId, t.dedupe),
    index("notifications_user_idx").on(t.tenantId, t.userId, t.createdAt),
  ],
);

/** Mail and chat messages of a deployment without SMTP or Slack: the Outbox page shows them. Demo and local only. */
export const messages = pgTable("messages", {
  id: text("id").primaryKey(),
  channel: text("channel").$type<"email" | "slack">().notNull(),
  recipient: text("recipient").notNull(),
  subject: text("subject").notNull(),
  text: text("text").notNull(),
  html: text("html"),
  createdAt: moment("created_at").default(sql`now()`),
});

/** Spent allowance per caller and kind of call (generic cell rate algorithm). Unlogged: losing it in a crash is harmless. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  /** The theoretical arrival time of the next call. */
  tat: moment("tat"),
});
