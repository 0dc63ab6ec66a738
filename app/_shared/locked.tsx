import type { ReactNode } from "react";
import { Notice } from "./notice";
import { ButtonLink } from "./page";

interface Props {
  /** The feature as it stands: what it is, why it is closed, and what would open it at which price. */
  feature: {
    title: string;
    what: string;
    closed: "not-in-plan" | "read-only" | "held-back" | null;
    opensWith: readonly string[];
  };
  /** Where the tenant's plan is chosen; null for who may not see it. */
  billingHref: string | null;
  /** What being closed means on this page. */
  children?: ReactNode;
}

/** That a sold feature may not be used now, and what to do about it; nothing where it may. */
export function Locked({ feature: { title, what, closed, opensWith }, billingHref, children }: Props) {
  if (closed === null) return null;
  if (closed === "read-only")
    return (
      <Notice tone="bad" title="This tenant is read-only">
        {title}: what is there stays and can be read, and nothing is added. {children}
      </Notice>
    );
  if (closed === "held-back")
    return (
      <Notice tone="wait" title={`${title}: switched off for now`}>
        Whoever operates this deployment has switched it off. {children}
      </Notice>
    );
  return (
    <Notice tone="wait" title={`${title}: not part of this tenant's plan`}>
      <p>
        {what} {children}
      </p>
      <p>What has it: {opensWith.join(", ")}.</p>
      {billingHref === null ? (
        <p>Ask an administrator of this tenant.</p>
      ) : (
        <p style={{ marginTop: 8 }}>
          <ButtonLink href={billingHref}>Choose a plan</ButtonLink>
        </p>
      )}
    </Notice>
  );
}
