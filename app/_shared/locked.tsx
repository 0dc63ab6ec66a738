import type { ReactNode } from "react";
import { Notice } from "./notice";

interface Props {
  /** What it is called, as the catalogue says. */
  title: string;
  /** What it is, in one sentence. */
  what: string;
  /** What would open it, with prices. */
  opensWith: readonly string[];
  /** Where the tenant's plan is told; null for who may not read it. */
  billingHref: string | null;
  children?: ReactNode;
}

/** That a feature is not part of the plan: what it is, what opens it at which price, and whom to ask. */
export function Locked({ title, what, opensWith, billingHref, children }: Props) {
  return (
    <Notice tone="wait" title={`${title}: not part of this tenant's plan`}>
      {what} {children} What has it: {opensWith.join(", ")}.{" "}
      {billingHref === null ? "Ask an administrator of this tenant." : <a href={billingHref}>See the plan</a>}
    </Notice>
  );
}
