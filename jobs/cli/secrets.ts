import { parseEnv } from "@/server/platform/env";
import { rotateSecrets, secretKeysOf } from "@/server/secrets";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

/** Wraps every secret's key anew; exit code 1 when some cannot be opened. Run again, it goes on where it was stopped. */
export async function runSecretsRotate({ json }: { json: boolean }): Promise<number> {
  completeEnvironment("local");
  const env = parseEnv(process.env);
  const rotated = await withDatabase(env, (database) => rotateSecrets(database, secretKeysOf(env)));
  const { rewrapped, unopened } = rotated;
  const words = [
    `${rewrapped} keys are under the present master secret now.`,
    unopened === 0
      ? "CONDUCTOR_SECRET_PREVIOUS is not needed any more."
      : `${unopened} could not be opened: set CONDUCTOR_SECRET_PREVIOUS to the master secret that they were made under.`,
  ];
  process.stdout.write(json ? `${JSON.stringify(rotated)}\n` : `${words.join("\n")}\n`);
  return unopened === 0 ? 0 : 1;
}
