/** Parts of the API whose reads an auditor comes for. */
export const ROOMS = [
  ...["access", "accessReviews", "audits", "bundles", "compliance", "decisions", "drift", "evidence", "findings"],
  ...["incidents", "members", "policyChanges", "receipts", "runs", "slos", "workflows"],
] as const;

/** A part of the API in words: `accessReviews.get` is `Access reviews`. */
export function roomWords(procedure: string): string {
  const [room = ""] = procedure.split(".");
  const words = room.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
