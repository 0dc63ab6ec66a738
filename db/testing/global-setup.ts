import type { TestProject } from "vitest/node";
import { startTestCluster } from "./cluster";
import { startNeonBridge } from "./neon-bridge";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser URL of the migrated template database. */
    templateUrl: string;
    /** Address of the WebSocket bridge when this run goes through the Neon driver, else empty. */
    neonProxy: string;
  }
}

/** One throw-away Postgres for the whole integration run; with TEST_DRIVER=neon it is reached over WebSockets. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  const bridge = process.env.TEST_DRIVER === "neon" ? await startNeonBridge() : undefined;
  project.provide("templateUrl", cluster.templateUrl);
  project.provide("neonProxy", bridge?.address ?? "");
  return async () => {
    await bridge?.stop();
    await cluster.stop();
  };
}
