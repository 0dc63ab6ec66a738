import { z } from "zod";
import { cursorParam, hrefOf, textParam } from "@/app/_shared/page-params";

const membersParamsSchema = z.object({
  text: textParam,
  cursor: cursorParam,
  /** `1` opens the invitation dialog at once: the command palette leads here. */
  invite: z.literal("1").optional().catch(undefined),
});

/** Which members are asked for; what makes no sense is left out. */
export function readMembersParams(params: Readonly<Record<string, unknown>>) {
  const { text, cursor, invite } = membersParamsSchema.parse(params);
  return { text, cursor, invite: invite === "1" };
}

/** The address of a page of members. */
export const membersHref = (tenant: string, at: { text?: string | undefined; cursor?: string | undefined }) =>
  hrefOf(`/t/${tenant}/members`, { text: at.text, cursor: at.cursor });
