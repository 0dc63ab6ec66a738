"use client";

import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { useTRPCClient } from "@/app/_trpc/client";
import type { AuditorRow } from "./auditor-row";

/** Ends an auditor's time before its end. */
export function EndAuditor({ auditor, onClose }: { auditor: AuditorRow; onClose: () => void }) {
  const client = useTRPCClient();
  return (
    <LazyConfirm
      title={`End the time of ${auditor.email} now?`}
      act="End now"
      run={() => client.members.endAuditor.mutate({ memberId: auditor.id })}
      said={`${auditor.email} is out.`}
      onClose={onClose}
    >
      From their next request on they see nothing of this tenant. What they have opened stays on the log.
    </LazyConfirm>
  );
}
