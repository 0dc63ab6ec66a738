import { processDatabase } from "@/db/process-database";
import { env } from "@/server/platform/env";
import { checkHealth } from "./check-health";

const noStore = { "cache-control": "no-store" };

/** 200 while the process answers, whatever it finds. */
export async function answerHealth(): Promise<Response> {
  return Response.json(await checkHealth(env(), processDatabase()), { headers: noStore });
}

/** 200 when the product can serve (also when degraded), 503 when database or engine is down. */
export async function answerReady(): Promise<Response> {
  const health = await checkHealth(env(), processDatabase());
  return Response.json(health, { status: health.status === "down" ? 503 : 200, headers: noStore });
}
