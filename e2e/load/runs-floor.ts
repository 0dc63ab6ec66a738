import pg from "pg";
import { closedLoop, type Measured } from "./latencies";

/**
 * The least that durable steps can cost on this machine: one row and one commit each, and nothing else. Its rate is what
 * the product's is divided by.
 */
export async function floorOfRuns(
  url: string,
  { runs, steps, width }: { runs: number; steps: number; width: number },
): Promise<Measured> {
  const pool = new pg.Pool({ connectionString: url, max: width });
  try {
    await pool.query(
      "create table if not exists floor_steps (run text, step int, output json, primary key (run, step))",
    );
    await pool.query("truncate floor_steps");
    return await closedLoop(runs, width, async (index) => {
      for (let step = 0; step < steps; step += 1)
        await pool.query({
          name: "floor",
          text: "insert into floor_steps (run, step, output) values ($1, $2, $3)",
          values: [`run_${index}`, step, JSON.stringify({ step, order: "7" })],
        });
    });
  } finally {
    await pool.end();
  }
}
