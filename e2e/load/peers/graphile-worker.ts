import { Logger, run } from "graphile-worker";
import { must } from "@/server/kernel/errors";
import { STEPS, WIDTH } from "../runs-asked";
import { givenDatabase, measurePeer } from "./measure";

// A process of its own: five jobs, each of which queues the next one with what the ones before it gave.
interface Payload {
  run: string;
  outputs: { step: number; order: string }[];
}

const url = givenDatabase();
const ends = new Map<string, () => void>();
const runner = await run({
  ...{ connectionString: url, concurrency: WIDTH, noHandleSignals: true, parsedCronItems: [] },
  // As its documentation advises: two more than jobs at a time.
  maxPoolSize: WIDTH + 2,
  logger: new Logger(() => (level, message) => {
    if (level === "error" || level === "warning") process.stderr.write(`${message}\n`);
  }),
  taskList: {
    step: async (payload, { addJob }) => {
      const { run: id, outputs } = payload as Payload;
      const done = [...outputs, { step: outputs.length, order: "7" }];
      if (done.length < STEPS) await addJob("step", { run: id, outputs: done });
      else must(ends.get(id), "somebody waits for each run")();
    },
  },
});
let started = 0;
await measurePeer(url, async () => {
  started += 1;
  const id = `run_${started}`;
  const { promise, resolve } = Promise.withResolvers<void>();
  ends.set(id, resolve);
  await runner.addJob("step", { run: id, outputs: [] } satisfies Payload);
  await promise;
  ends.delete(id);
});
await runner.stop();
