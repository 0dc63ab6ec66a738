import type { Difference } from "./difference";

/** So many things of one kind of a tenant that are of a region which the deployment does not have. */
export interface OfUnknownRegion {
  tenantId: string;
  slug: string;
  kind: string;
  region: string;
  count: number;
}

/**
 * Things of a region that was taken off the deployment's list: policy denies whatever is done with or by them as malformed,
 * so that they stand still until the region is back or they are moved.
 */
export const compareRegions = (
  found: readonly OfUnknownRegion[],
  regions: readonly string[],
): (Difference & { tenantId: string })[] =>
  found.map(({ tenantId, slug, kind, region, count }) => ({
    ...{ tenantId, kind: "database" as const, key: `database:region:${tenantId}:${kind}:${region}` },
    title: `${slug}: ${count} of the kind ${kind} with the region ${region}, which this deployment does not have`,
    expected: `one of ${regions.join(", ")}`,
    found: `${count} with ${region}: denied as malformed, whatever is asked`,
    undo: {
      runs: "command" as const,
      // Where they belong instead is for people to say; with the region back, they can be moved one by one.
      text: `export CONDUCTOR_REGIONS=${[...regions, region].join(",")}`,
    },
  }));
