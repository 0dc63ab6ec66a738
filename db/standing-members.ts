import { gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { members } from "./schema";

/**
 * Of the rows of `members`, those that are memberships at this moment: an auditor's is none from its end on, whether
 * somebody has tidied it away or not. Whoever reads what a person may do reads with this.
 */
export const isStanding = (now: Date | ReturnType<typeof sql.placeholder>): SQL =>
  sql`${or(isNull(members.auditorUntil), gt(members.auditorUntil, now))}`;
