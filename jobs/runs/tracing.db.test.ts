import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { type Collector, type ReceivedSpan, startCollector } from "@/e2e/sandbox/otlp";
import { createFunctions } from "@/jobs";
import { bootEngine, pump } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { inSpan, startTracing } from "@/server/platform/trace";
import { tenantWith, userContext } from "@/server/testing/actors";
import { useHttpTarget } from "@/server/testing/http-target";
import { makePublished } from "@/server/testing/workflows";
import { createCallerFactory } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";

const db = useTestDatabase();
const target = useHttpTarget();
let collector: Collector;

beforeAll(async () => {
  collector = await startCollector();
  for (const [name, value] of Object.entries(collector.settings)) vi.stubEnv(name, value);
  await startTracing(collector.settings);
});
afterAll(() => collector.stop());

const named = (name: string) =>
  vi.waitFor(
    () => collector.spans.find((span) => span.name === name) ?? Promise.reject(new Error("not there yet")),
    10_000,
  );
const attribute = (span: ReceivedSpan, key: string) =>
  span.attributes.find((one) => one.key === key)?.value.stringValue;

it("follows a request into the steps of the run that it started", async () => {
  const client = createEmbeddedClient(createLogger("silent"));
  const env = parseEnv({ CONDUCTOR_SECRET: "x".repeat(40), EGRESS_ALLOW: target.host });
  const functions = createFunctions({ client, database: db.database, clock: systemClock, newId, env });
  const engine = await bootEngine({ database: db.database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, {
    steps: [{ id: "call", type: "http", request: { url: `${target.url}/orders` } }],
  });
  const caller = createCallerFactory(appRouter)({
    requestId: as.operator.requestId,
    tenantSlug: as.operator.tenant.slug,
    signedIn: async () => ({
      ...userContext(db.database, { id: as.operator.principal.id, email: "o@x.test", name: "Olu" }),
      tenants: [as.operator],
    }),
    limit: async () => undefined,
  });
  const { runId } = await caller.runs.start({ workflowId, input: { order: "7" } });
  await pump(engine);

  const [request, step] = [await named("trpc runs.start"), await named("step http")];
  expect(attribute(request, "conductor.request_id")).toBe(as.operator.requestId);
  expect(attribute(step, "conductor.run_id")).toBe(runId);
  expect(step).toMatchObject({ traceId: request.traceId, parentSpanId: request.spanId });
});

it("names its spans in the log, and marks those that failed", async () => {
  const lines: string[] = [];
  const logger = createLogger("info", { write: (line: string) => lines.push(line) });
  const broken = inSpan("broken", { attributes: {} }, async () => {
    logger.info("inside");
    throw new Error("no");
  });
  await expect(broken).rejects.toThrow("no");
  const span = await named("broken");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ traceId: span.traceId, spanId: span.spanId });
  expect(span.status?.code).toBe(2);
});
