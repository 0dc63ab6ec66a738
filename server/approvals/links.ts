import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { approvalLinks } from "@/db/schema";
import { conflict, preconditionFailed } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { deriveKey, macText } from "@/server/platform/keys";
import type { Scope } from "@/server/verb";

/** The token of a person's link to a request. Computed when it is mailed, so that a mail sent twice holds the same one. */
export const linkToken = (approvalId: string, userId: string): string =>
  macText(deriveKey(env().CONDUCTOR_SECRET, "approval-link"), `${approvalId}:${userId}`);

/** What the table holds in place of a token, which is 256 bits that nobody can guess. */
export const hashToken = (token: string): string => createHash("sha256").update(token, "utf8").digest("hex");

/** What a link is to who opened it. */
export type LinkState = "good" | "used" | "foreign";

/** Looks at a link without using it up. One that is unknown, or of another request, is as good as somebody else's. */
export async function stateOfLink({ ctx, tx }: Scope, approvalId: string, token: string): Promise<LinkState> {
  const [found] = await tx
    .select({ userId: approvalLinks.userId, usedAt: approvalLinks.usedAt })
    .from(approvalLinks)
    .where(
      and(
        ...[eq(approvalLinks.tenantId, ctx.tenantId), eq(approvalLinks.approvalId, approvalId)],
        eq(approvalLinks.tokenHash, hashToken(token)),
      ),
    );
  if (found === undefined || found.userId !== ctx.principal.id) return "foreign";
  return found.usedAt === null ? "good" : "used";
}

/** Refuses a link that is not the caller's (PreconditionFailed) or was used (Conflict); theirs is used up by this. */
export async function useLink(scope: Scope, approvalId: string, token: string | undefined): Promise<void> {
  const state = token === undefined ? "good" : await stateOfLink(scope, approvalId, token);
  if (state === "foreign")
    throw preconditionFailed("This link was made for somebody else, or for another request.", { reason: "link" });
  if (state === "used") throw conflict("This link was used already.", { reason: "link" });
  const { ctx, tx, now } = scope;
  await tx
    .update(approvalLinks)
    .set({ usedAt: now })
    .where(
      and(
        ...[eq(approvalLinks.tenantId, ctx.tenantId), eq(approvalLinks.approvalId, approvalId)],
        eq(approvalLinks.userId, ctx.principal.id),
      ),
    );
}
