import { z } from "zod";
import { cursorParam, hrefOf, textParam } from "@/app/_shared/page-params";
import {
  ALL_ACTIONS,
  APPROVER_ROLES,
  DATA_SENSITIVITIES,
  ENVIRONMENTS,
  RISK_PROFILES,
} from "@/policies/access/vocabulary";
import { SUBJECTS } from "@/server/access/schemas";

export const ACCESS_TABS = ["matrix", "who", "why", "report"] as const;
export type AccessTab = (typeof ACCESS_TABS)[number];

const oneOf = <const Word extends string>(words: readonly Word[]) => z.enum(words).optional().catch(undefined);
const id = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`))
    .optional()
    .catch(undefined);
const word = z.string().trim().min(1).max(63).optional().catch(undefined);

const accessParamsSchema = z.object({
  tab: z.enum(ACCESS_TABS).catch("matrix"),
  subject: oneOf(SUBJECTS),
  text: textParam,
  cursor: cursorParam,
  ...{ member: id("mem"), key: id("key"), workflow: id("wfl"), run: id("run"), action: oneOf(ALL_ACTIONS) },
  ...{ environment: oneOf(ENVIRONMENTS), risk: oneOf(RISK_PROFILES), sensitivity: oneOf(DATA_SENSITIVITIES) },
  ...{ region: word, unit: word, asked: oneOf(APPROVER_ROLES) },
});
export type AccessParams = z.output<typeof accessParamsSchema>;

/** What is asked of a tenant's access; what makes no sense is left out. */
export const readAccessParams = (params: Readonly<Record<string, unknown>>) => accessParamsSchema.parse(params);

/** The thing that the address asks about, as the questions take it. */
export const askedThing = (params: AccessParams) => ({
  ...{ workflowId: params.workflow, runId: params.run, environment: params.environment, risk: params.risk },
  ...{ sensitivity: params.sensitivity, region: params.region, businessUnit: params.unit, askedRole: params.asked },
});

/** The address of one view. */
export const accessHref = (tenant: string, { tab, ...rest }: Partial<AccessParams>) =>
  hrefOf(`/t/${tenant}/access`, { tab: tab === "matrix" ? undefined : tab, ...rest });
