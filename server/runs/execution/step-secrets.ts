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
import { type OpenedAdapter, openAdapters } from "./step-adapters";
import { StepFailure } from "./step-failure";

/** What the version of a run names that is kept sealed: secrets, and adapters by their slugs. */
export interface SealedAsked extends SecretsAsked {
  adapters: readonly string[];
}

/** What one attempt of a step may send, and what takes it out of all that comes back. */
export interface StepSecrets {
  values: Readonly<Record<string, string>>;
  /** The adapter that it calls. */
  adapter: OpenedAdapter | null;
  redactor: Redactor;
}

const NONE: StepSecrets = { values: {}, adapter: null, redactor: redactorOf([]) };

/** True for a step that sends what it names, and hears back from where it went. */
const isSent = (step: Step) =>
  step.type === "http" || step.type === "adapter" || (step.type === "notify" && step.channel === "slack");

/** The secrets that the step names, in use and allowed at its host. Throws StepFailure; nothing is unsealed yet. */
function granted(step: Step, { environment }: SecretsAsked, found: readonly FoundSecret[]): FoundSecret[] {
  return secretsOfStep(step).map((name) => {
    const secret = found.find((row) => row.name === name && row.endedAt === null);
    if (secret === undefined)
      throw new StepFailure("secret-missing", `There is no secret ${name} in ${environment}. Nothing was sent.`);
    if (step.type === "http") expectHost(secret, hostOf(step.request.url));
    return secret;
  });
}

function expectHost({ name, allowedHosts }: FoundSecret, host: string): void {
  if (!isHostAllowed(allowedHosts, host))
    throw new StepFailure("secret-host", `The secret ${name} may not be sent to ${host}. Nothing was sent.`);
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
export async function openForStep(ctx: ExecutionContext, step: Step, asked: SealedAsked): Promise<StepSecrets> {
  if (!isSent(step) || (asked.names.length === 0 && asked.adapters.length === 0)) return NONE;
  const { called, hidden } = await openAdapters(ctx, step, asked.adapters);
  const found = asked.names.length === 0 ? [] : await findSecrets(ctx, asked);
  const sent = granted(step, asked, found);
  const opened = found.map((row) => ({ row, value: open(row, ctx.secretKeys) }));
  // A webhook's address is itself the secret: it may go to no other host than those that were allowed for it.
  if (step.type === "notify")
    for (const { row, value } of opened) if (sent.includes(row)) expectHost(row, hostOf(value));
  const values = opened.filter(({ row }) => sent.includes(row)).map(({ row, value }) => [row.name, value] as const);
  const redactor = redactorOf([...opened.map(({ value }) => value), ...hidden]);
  return { values: Object.fromEntries(values), adapter: called, redactor };
}
