import { sql } from "drizzle-orm";
import { sloPasses } from "@/db/schema";
import { defineRead, noInput } from "@/server/verb";
import { editionOf } from "./domain/edition";
import { SLIS } from "./domain/sli";
import { sloDto } from "./dto";
import { loadObjectives, loadStandings } from "./load-standings";

/**
 * The tenant's objectives as they stand at the close of the last minute that was judged, with the edition whose sheet they
 * come from, and how that judging goes. None for a tenant that is not a minute old.
 */
export const listSlos = defineRead({
  action: "slo.read",
  input: noInput,
  load: loadObjectives,
  read: async ({ ctx, tx }) => {
    const standings = await loadStandings(tx, ctx.tenantId);
    const [pass] = await tx
      .select({ minute: sloPasses.minute, tookMs: sloPasses.tookMs })
      .from(sloPasses)
      .orderBy(sql`minute desc`)
      .limit(1);
    return {
      edition: editionOf(ctx.tenant.governanceProfile),
      rows: standings.map(sloDto).sort((a, b) => SLIS.indexOf(a.sli) - SLIS.indexOf(b.sli)),
      lastPass: pass === undefined ? null : { minute: pass.minute.toISOString(), tookMs: pass.tookMs },
    };
  },
});
