export interface Check {
  status: "ok" | "degraded" | "down";
  /** What it is, or what is wrong; no secret, no address. */
  detail: string;
}
