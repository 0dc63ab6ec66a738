import {
  findSecrets,
  type FoundSecret,
  type SecretKeys,
  type SecretsAsked,
  unseal,
  UnsealError,
} from "@/server/secrets";
import { hostOf, isHostAllowed } from "@/server/secrets/domain/hosts";
import { type Redactor, redactorOf } from "@/server/secrets/domain/redact";
import type { Step } from "@/server/workflows/domain/step";
import { secretsOfStep } from "@/server/workflows/domain/secret-places";
import type { ExecutionContext } from "./context";
import { StepFailure } from "./step-failure";

/** What one attempt of a step may send, and what takes it out of all that comes back. */
export interface StepSecrets {
  values: Readonly<Record<string, string>>;
  redactor: Redactor;
}

const NONE: StepSecrets = { values: {}, redactor: redactorOf([]) };

/** The secrets that the step names, in use and allowed at its host. Throws StepFailure; nothing is unsealed yet. */
function granted(step: Step, { environment }: SecretsAsked, found: readonly FoundSecret[]): FoundSecret[] {
  if (step.type !== "http") return [];
  const host = hostOf(step.request.url);
  return secretsOfStep(step).map((name) => {
    const secret = found.find((row) => row.name === name && row.endedAt === null);
    if (secret === undefined)
      throw new StepFailure("secret-missing", `There is no secret ${name} in ${environment}. Nothing was sent.`);
    if (!isHostAllowed(secret.allowedHosts, host))
      throw new StepFailure("secret-host", `The secret ${name} may not be sent to ${host}. Nothing was sent.`);
    return secret;
  });
}

function open(row: FoundSecret, keys: SecretKeys): string {
  try {
    return unseal(row, row, keys);
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error;
    throw new StepFailure(
      "secret-sealed",
      `The secret ${row.name} cannot be opened with this deployment's keys. Set it again. Nothing was sent.`,
      // A process that was not told the master secret before the present one may not be the one that tries again.
      { isRetriable: true },
    );
  }
}

/**
 * Opens what a step is about to send, from its run's tenant and environment. What comes back is redacted by all secrets
 * that its workflow names, since a target may have kept one from an earlier step. Throws StepFailure.
 */
export async function openForStep(ctx: ExecutionContext, step: Step, asked: SecretsAsked): Promise<StepSecrets> {
  if (step.type !== "http" || asked.names.length === 0) return NONE;
  const found = await findSecrets(ctx, asked);
  const sent = granted(step, asked, found);
  const opened = found.map((row) => ({ row, value: open(row, ctx.secretKeys) }));
  const values = opened.filter(({ row }) => sent.includes(row)).map(({ row, value }) => [row.name, value] as const);
  return { values: Object.fromEntries(values), redactor: redactorOf(opened.map(({ value }) => value)) };
}
