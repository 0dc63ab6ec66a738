import { DBOS } from "@dbos-inc/dbos-sdk";
import { STEPS } from "../runs-asked";
import { givenDatabase, measurePeer } from "./measure";

// A process of its own: a workflow of five steps, each kept in Postgres before the next begins, with DBOS as it comes.
const say = (entry: unknown) => process.stderr.write(`${String(entry)}\n`);
const url = givenDatabase();
DBOS.setConfig({
  ...{ name: "bench", systemDatabaseUrl: url, applicationVersion: "bench" },
  // Nothing goes anywhere: no exporter, no console.
  ...{ enableOTLP: false, tracingEnabled: false },
  logger: { info: () => undefined, debug: () => undefined, warn: say, error: say },
});
const workflow = DBOS.registerWorkflow(
  async (order: string) => {
    for (let step = 0; step < STEPS; step += 1)
      await DBOS.runStep(() => Promise.resolve({ step, order }), { name: `s${step}` });
  },
  { name: "five-steps" },
);
// Without a key it calls nobody.
await DBOS.launch();
await measurePeer(url, async () => {
  const handle = await DBOS.startWorkflow(workflow)("7");
  await handle.getResult();
});
await DBOS.shutdown();
