import { createHash, timingSafeEqual } from "node:crypto";
import { processDatabase } from "@/db/process-database";
import { env } from "@/server/platform/env";
import { isShuttingDown } from "@/server/platform/shutdown";
import { checkHealth } from "./check-health";
import { metricsText } from "./domain/metrics-text";
import { readMetrics } from "./metrics";

const noStore = { "cache-control": "no-store" };

/** 200 while the process answers, whatever it finds. */
export async function answerHealth(): Promise<Response> {
  return Response.json(await checkHealth(env(), processDatabase()), { headers: noStore });
}

/** 200 when the product can serve (also when degraded), 503 when database or engine is down, or this process is ending. */
export async function answerReady(): Promise<Response> {
  if (isShuttingDown()) return Response.json({ status: "stopping" }, { status: 503, headers: noStore });
  const health = await checkHealth(env(), processDatabase());
  return Response.json(health, { status: health.status === "down" ? 503 : 200, headers: noStore });
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * What a monitoring system reads, in Prometheus' text format. Without METRICS_TOKEN there is nothing here (404); without
 * the same in `Authorization: Bearer …`, 401.
 */
export async function answerMetrics(request: Request): Promise<Response> {
  const token = env().METRICS_TOKEN;
  if (token === undefined) return new Response(null, { status: 404, headers: noStore });
  const sent = request.headers.get("authorization") ?? "";
  // Hashed first: of texts of different lengths nothing else could be compared in the same time.
  if (!timingSafeEqual(digest(sent), digest(`Bearer ${token}`)))
    return new Response(null, { status: 401, headers: { ...noStore, "www-authenticate": "Bearer" } });
  const body = metricsText(await readMetrics(processDatabase()));
  return new Response(body, { headers: { ...noStore, "content-type": "text/plain; version=0.0.4; charset=utf-8" } });
}
