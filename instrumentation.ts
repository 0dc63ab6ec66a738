/** Runs once in each server process, before the first request: a wrong configuration stops the start here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("@/server/platform/env");
  const { prepareRequests } = await import("@/server/platform/request-start");
  const { shutDownInOrder } = await import("@/server/platform/shutdown");
  const { startTracing } = await import("@/server/platform/trace");
  prepareRequests({
    isHttps: env().CONDUCTOR_PUBLIC_URL.startsWith("https://"),
    isDevelopment: process.env.NODE_ENV === "development",
  });
  if (process.env.NODE_ENV === "production") shutDownInOrder({ delayMs: env().SHUTDOWN_DELAY_SECONDS * 1_000 });
  await startTracing(env());
  const { checkLicence } = await import("@/jobs/platform/check-licence");
  checkLicence();
  const { keepFlags } = await import("@/jobs/platform/keep-flags");
  keepFlags();
  const { keepWebMarked } = await import("@/jobs/platform/keep-marked");
  keepWebMarked();
}
