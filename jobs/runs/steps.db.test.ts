import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { createFunctions } from "@/jobs";
import { bootEngine, type Engine, pump } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv, env as processEnv } from "@/server/platform/env";
import { blobStoreOf } from "@/server/platform/blob-store";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { listReceipts } from "@/server/receipts";
import { getRun, startRun } from "@/server/runs";
import { artefactKey, artefactOf } from "@/server/runs/artefacts";
import { setSecret } from "@/server/secrets";
import { tenantWith } from "@/server/testing/actors";
import { useEchoTarget } from "@/server/testing/echo-target";
import { makePublished } from "@/server/testing/workflows";

const db = useTestDatabase();
const target = useEchoTarget();
const { CONDUCTOR_SECRET } = processEnv();
let home: string;
const env = () => parseEnv({ CONDUCTOR_SECRET, EGRESS_ALLOW: target.host, CONDUCTOR_HOME: home });
let engine: Engine;

beforeAll(async () => void (home = await mkdtemp(path.join(tmpdir(), "conductor-steps-"))));
afterAll(() => rm(home, { recursive: true, force: true }));

beforeEach(async () => {
  const client = createEmbeddedClient(createLogger("silent"));
  const functions = createFunctions({ client, database: db.database, clock: systemClock, newId, env: env() });
  engine = await bootEngine({ database: db.database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
});

async function setUp(steps: Record<string, unknown>[]) {
  const { as } = await tenantWith(db.database, ["tenant_admin", "workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps });
  const run = async (order = "7") => {
    const { runId } = await startRun(as.operator, { workflowId, input: { order } });
    await pump(engine);
    return getRun(as.operator, { runId });
  };
  return { as, run };
}

describe("a message to Slack", () => {
  const tell = {
    id: "tell",
    type: "notify",
    channel: "slack",
    webhook: "SLACK_WEBHOOK",
    text: "Order {{ input.order }} <!here>",
  };
  const secret = (url: string, allowedHosts = ["127.0.0.1"]) => ({
    ...{ environment: "dev" as const, name: "SLACK_WEBHOOK", value: url, allowedHosts },
  });

  it("goes to the webhook that the secret holds, what is filled in without meaning, and its address is found nowhere", async () => {
    const { as, run } = await setUp([tell]);
    await setSecret(as.tenant_admin, secret(`${target.url}/services/T0/B0/very-secret`));
    const seen = await run("<!channel> & co");
    expect(seen).toMatchObject({ status: "succeeded", output: { sent: true } });
    const [address, , body] = target.received.at(-1)?.split("\n") ?? [];
    expect(address).toBe("/services/T0/B0/very-secret");
    expect(JSON.parse(body ?? "")).toEqual({ text: "Order &lt;!channel&gt; &amp; co <!here>" });
    expect(JSON.stringify(seen)).not.toContain("very-secret");
    expect(seen.steps[0]?.input).toMatchObject({ channel: "slack", webhook: "SLACK_WEBHOOK" });
  });

  it.each([
    ["without the secret", null, "secret-missing"],
    ["to a host that the secret may not go to", ["hooks.slack.com"], "secret-host"],
  ])("%s fails with the reason, and nothing is sent", async (_what, hosts, code) => {
    const { as, run } = await setUp([{ ...tell }]);
    if (hosts !== null) await setSecret(as.tenant_admin, secret(`${target.url}/services/x`, hosts));
    const before = target.received.length;
    expect(await run()).toMatchObject({ status: "failed", failure: { code } });
    expect(target.received).toHaveLength(before);
  });

  it("is tried again when Slack is busy, and not when it says no", async () => {
    const busy = await setUp([tell]);
    await setSecret(busy.as.tenant_admin, secret(`${target.url}/status/429`));
    expect(await busy.run()).toMatchObject({
      status: "running",
      steps: [{ status: "failed", failure: { code: "slack" } }],
    });
    const refusing = await setUp([tell]);
    await setSecret(refusing.as.tenant_admin, secret(`${target.url}/status/404`));
    expect(await refusing.run()).toMatchObject({ status: "failed", steps: [{ attempt: 1 }] });
  });
});

describe("evidence", () => {
  it("is kept under its digest, and named by a receipt", async () => {
    const { as, run } = await setUp([
      { id: "proof", type: "evidence", file: "order.json", content: { order: "{{ input.order }}" } },
    ]);
    const seen = await run();
    const artefact = artefactOf(seen.steps[0]?.output ?? null);
    const kept = await blobStoreOf(env()).get(artefactKey(as.operator.tenantId, artefact.sha256));
    expect(JSON.parse(Buffer.from(kept ?? []).toString())).toEqual({ order: "7" });
    const { rows } = await listReceipts(as.operator, {});
    const receipt = rows.find(({ action }) => action === "run.attach");
    expect(receipt).toMatchObject({ subject: `run:${seen.id}`, body: { detail: { taskId: "proof", ...artefact } } });
    // The same file in another run is the same file.
    expect(artefactOf((await run()).output)).toEqual(artefact);
  });
});
