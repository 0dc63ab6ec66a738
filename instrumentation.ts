/** Runs once in each server process, before the first request: a wrong configuration stops the start here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("@/server/platform/env");
  const { recordPeerAddresses } = await import("@/server/platform/peer-address");
  recordPeerAddresses();
  const { OTEL_EXPORTER_OTLP_ENDPOINT } = env();
  if (OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  const { registerOTel } = await import("@vercel/otel");
  registerOTel({ serviceName: "maestro-conductor" });
}
