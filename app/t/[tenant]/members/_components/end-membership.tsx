"use client";

import { useRouter } from "next/navigation";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { useTRPCClient } from "@/app/_trpc/client";
import type { MemberRow } from "./member-row";

interface Props {
  tenant: string;
  member: MemberRow;
  isOwn: boolean;
  onClose: () => void;
}

/** Removes a member, or lets the reader leave. */
export function EndMembership({ tenant, member, isOwn, onClose }: Props) {
  const router = useRouter();
  const client = useTRPCClient();
  if (isOwn)
    return (
      <LazyConfirm
        title="Leave this tenant?"
        act="Leave"
        run={() => client.members.leave.mutate({ slug: tenant })}
        onDone={() => router.push("/tenants")}
        onClose={onClose}
      >
        From your next request on you see nothing of it. To come back you need a new invitation.
      </LazyConfirm>
    );
  return (
    <LazyConfirm
      title={`Remove ${member.email}?`}
      act="Remove"
      run={() => client.members.remove.mutate({ memberId: member.id })}
      said={`${member.email} is no longer a member.`}
      onClose={onClose}
    >
      They lose every right here from their next request on. Their receipts stay.
    </LazyConfirm>
  );
}
