import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import type { EgressPolicy } from "@/server/platform/egress-policy";
import type { SecretKeys } from "@/server/secrets";
import type { ArtefactFile } from "../artefacts";

/** What carrying out a run needs: no person, so no principal; the right to run was decided when it was started. */
export interface ExecutionContext {
  database: Database;
  tenantId: string;
  clock: Clock;
  newId: NewId;
  /** Correlates logs and receipts of one execution: the id of the job's own run. */
  requestId: string;
  /** The `traceparent` of what started the run, when it was traced. */
  trace?: string | undefined;
  egress: EgressPolicy;
  /** Opens what the tenant's secrets are sealed with. */
  secretKeys: SecretKeys;
  /** Keeps a file by its digest: keeping the same one again changes nothing. */
  keepFile(file: ArtefactFile): Promise<void>;
  sendMail(mail: { to: string; subject: string; text: string }): Promise<void>;
}
