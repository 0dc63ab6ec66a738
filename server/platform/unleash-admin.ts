import { z } from "zod";

/** A server that says nothing for this long does not answer (milliseconds). */
const ANSWERS_WITHIN_MS = 30_000;
/** Ours are in the one project that every server has: its free edition makes no other. */
const PROJECT = "/admin/projects/default/features";

/** The flag server refused, or did not answer; the message says which and names no token. */
export class FlagServerError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "FlagServerError";
  }
}

const exportSchema = z.object({
  features: z.array(
    z.object({ name: z.string(), type: z.string(), description: z.string().nullish(), archived: z.boolean() }),
  ),
  featureStrategies: z.array(
    z.object({
      ...{ featureName: z.string(), id: z.string(), name: z.string(), disabled: z.boolean().nullish() },
      parameters: z.record(z.string(), z.unknown()).default({}),
      ...{ constraints: z.array(z.unknown()).default([]), segments: z.array(z.number()).default([]) },
    }),
  ),
  featureEnvironments: z.array(z.object({ featureName: z.string(), enabled: z.boolean() })),
  dependencies: z.array(z.object({ feature: z.string(), dependencies: z.array(z.object({ feature: z.string() })) })),
  featureTags: z.array(z.object({ featureName: z.string(), tagType: z.string(), tagValue: z.string() })),
});
const contextSchema = z.array(
  z.object({ name: z.string(), stickiness: z.boolean(), legalValues: z.array(z.object({ value: z.string() })) }),
);
const tagTypesSchema = z.object({ tagTypes: z.array(z.object({ name: z.string() })) });
const environmentsSchema = z.object({ environments: z.array(z.object({ name: z.string(), enabled: z.boolean() })) });
const complaintSchema = z.object({
  details: z.array(z.object({ message: z.string() })).optional(),
  message: z.string().optional(),
});

interface Field {
  name: string;
  description: string;
  stickiness: boolean;
  legalValues: readonly string[];
}

interface StrategySaid {
  name: string;
  title: string;
  parameters: Readonly<Record<string, string>>;
  constraints: readonly unknown[];
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What the server said of a refusal, in one line. */
async function complaintOf(response: Response): Promise<string> {
  const said = complaintSchema.safeParse(await response.json().catch(() => null));
  return said.data?.details?.[0]?.message ?? said.data?.message ?? "it does not say why";
}

/** Calls the Admin API. Throws FlagServerError for a refusal, and where nobody answers. */
function callerOf(url: string, token: string) {
  return async (method: Method, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url.replace(/\/+$/, "")}${path}`, {
      ...{ method, redirect: "error", signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) },
      headers: { authorization: token, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new FlagServerError(`The flag server at ${new URL(url).host} cannot be reached.`, { cause });
    });
    if (!response.ok)
      throw new FlagServerError(
        `The flag server refused ${method} ${path} (${response.status}): ${await complaintOf(response)}`,
      );
    const text = await response.text();
    return text === "" || !(response.headers.get("content-type") ?? "").includes("json") ? null : JSON.parse(text);
  };
}

/** The Admin API of a flag server, as far as flags of one environment need it. */
export function flagAdmin({ url, token, environment }: { url: string; token: string; environment: string }) {
  const call = callerOf(url, token);
  const of = (flag: string) => `${PROJECT}/${encodeURIComponent(flag)}`;
  const within = (flag: string) => `${of(flag)}/environments/${encodeURIComponent(environment)}`;
  const tags = (flag: string) => `/admin/features/${encodeURIComponent(flag)}/tags`;
  const fieldSaid = ({ description, stickiness, legalValues }: Field) => ({
    ...{ description, stickiness, legalValues: legalValues.map((value) => ({ value })) },
  });
  return {
    environments: async () =>
      environmentsSchema.parse(await call("GET", "/admin/environments")).environments.map(({ name }) => name),
    contextFields: async () =>
      contextSchema
        .parse(await call("GET", "/admin/context"))
        .map(({ legalValues, ...field }) => ({ ...field, legalValues: legalValues.map(({ value }) => value) })),
    tagTypes: async () => tagTypesSchema.parse(await call("GET", "/admin/tag-types")).tagTypes.map(({ name }) => name),
    /** Those of these flags that there are, with all that is about them. */
    read: async (features: readonly string[]) =>
      exportSchema.parse(await call("POST", "/admin/features-batch/export", { environment, features })),
    addField: (field: Field) => call("POST", "/admin/context", { name: field.name, ...fieldSaid(field) }),
    changeField: (field: Field) => call("PUT", `/admin/context/${encodeURIComponent(field.name)}`, fieldSaid(field)),
    addTagType: (name: string, description: string) => call("POST", "/admin/tag-types", { name, description }),
    addFlag: (name: string, type: string, description: string) =>
      call("POST", PROJECT, { name, type, description, impressionData: false }),
    changeFlag: (name: string, type: string, description: string) => call("PUT", of(name), { name, type, description }),
    archive: (name: string) => call("DELETE", of(name)),
    /** Out of the archive, and off. */
    revive: (name: string) => call("POST", `/admin/archive/revive/${encodeURIComponent(name)}`),
    addParent: (flag: string, parent: string) => call("POST", `${of(flag)}/dependencies`, { feature: parent }),
    removeParents: (flag: string) => call("DELETE", `${of(flag)}/dependencies`),
    addTag: (flag: string, type: string, value: string) => call("POST", tags(flag), { type, value }),
    removeTag: (flag: string, type: string, value: string) =>
      call("DELETE", `${tags(flag)}/${encodeURIComponent(type)}/${encodeURIComponent(value)}`),
    addStrategy: (flag: string, said: StrategySaid) => call("POST", `${within(flag)}/strategies`, said),
    removeStrategy: (flag: string, id: string) =>
      call("DELETE", `${within(flag)}/strategies/${encodeURIComponent(id)}`),
    turn: (flag: string, to: "on" | "off") => call("POST", `${within(flag)}/${to}`),
  };
}
export type FlagAdmin = ReturnType<typeof flagAdmin>;
