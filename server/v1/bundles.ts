import { z } from "zod";
import { getBundle, listBundles } from "@/server/bundles";
import { BUNDLE_TAGS } from "@/server/bundles/domain/format";
import { BUNDLE_STATUSES } from "@/server/bundles/domain/status";
import { idSchema } from "@/server/kernel/schemas";
import { defineEndpoint, type Endpoint } from "./endpoint";
import { maybeMoment, moment, none, page } from "./words";

const bundle = z.object({
  ...{ id: z.string(), tag: z.enum(BUNDLE_TAGS), isDryRun: z.boolean(), from: moment, to: moment },
  asOf: moment.describe("Nothing newer is in it."),
  status: z.enum(BUNDLE_STATUSES),
  files: z.int().describe("Files so far; all of them, once it is ready."),
  digest: z.string().nullable().describe("SHA-256 of the file, once it is ready."),
  bytes: z.int().nullable(),
  completeness: z.enum(["complete", "incomplete"]).nullable(),
  missing: z.array(z.object({ what: z.string(), why: z.string() })),
  fault: z.string().nullable().describe("Why there is none."),
  ...{ requestedAt: moment, requestedByName: z.string(), endedAt: maybeMoment },
});

const listBundlesEndpoint = defineEndpoint({
  ...{ name: "listBundles", method: "GET", path: "/bundles" },
  summary: "The tenant's bundles of evidence, newest first.",
  pathSchema: none,
  querySchema: z.strictObject({
    ...page,
    cursor: idSchema("bundle").optional().describe("`nextCursor` of the page before."),
  }),
  bodySchema: none,
  answerSchema: z.object({ rows: z.array(bundle), nextCursor: z.string().nullable() }),
  answer: async (ctx, { query }) => {
    const { rows, nextCursor } = await listBundles(ctx, query);
    return { status: 200, body: { rows: rows.map((row) => bundle.parse(row)), nextCursor } };
  },
});

const getBundleEndpoint = defineEndpoint({
  ...{ name: "getBundle", method: "GET", path: "/bundles/{id}" },
  summary: "One bundle, and how far it is.",
  pathSchema: z.strictObject({ id: idSchema("bundle") }),
  querySchema: none,
  bodySchema: none,
  answerSchema: bundle,
  answer: async (ctx, { path }) => ({ status: 200, body: bundle.parse(await getBundle(ctx, { bundleId: path.id })) }),
});

/** Bundles of evidence in the public HTTP API: read, as no role of a key may export evidence. */
export const BUNDLE_ENDPOINTS: readonly Endpoint[] = [listBundlesEndpoint, getBundleEndpoint];
