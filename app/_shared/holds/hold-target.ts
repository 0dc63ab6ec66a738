/** What somebody is about to kill or pause. */
export type HoldTarget =
  | { scope: "workflow"; name: string; workflowId: string }
  | { scope: "tenant"; name: string; slug: string }
  | { scope: "deployment"; name: string };
