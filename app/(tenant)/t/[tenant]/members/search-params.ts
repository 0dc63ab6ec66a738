import { z } from "zod";

const membersParamsSchema = z.object({
  text: z.string().trim().min(1).max(120).optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
  /** `1` opens the invitation dialog at once: the command palette leads here. */
  invite: z.literal("1").optional().catch(undefined),
});

/** Which members are asked for; what makes no sense is left out. */
export function readMembersParams(params: Readonly<Record<string, unknown>>) {
  const { text, cursor, invite } = membersParamsSchema.parse(params);
  return { text, cursor, invite: invite === "1" };
}

/** The address of a page of members. */
export function membersHref(tenant: string, { text, cursor }: { text?: string | undefined; cursor?: string }): string {
  const params = new URLSearchParams();
  if (text !== undefined) params.set("text", text);
  if (cursor !== undefined) params.set("cursor", cursor);
  return `/t/${tenant}/members${params.size === 0 ? "" : `?${params}`}`;
}
