import type { TestProject } from "vitest/node";
import { startTestCluster } from "./cluster";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser URL of the migrated template database. */
    templateUrl: string;
  }
}

/** One throw-away Postgres for the whole integration run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide("templateUrl", cluster.templateUrl);
  return cluster.stop;
}
