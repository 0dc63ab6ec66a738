/** Why something is not allowed, and which roles could. */
export interface Denial {
  message: string;
  whoCould: string[];
}

/** Reads the explanation that policy gave out of a refusal, wherever it came from. */
export function denialOf(refusal: { message: string; details: Readonly<Record<string, unknown>> }): Denial {
  const { whoCould } = refusal.details;
  const roles = Array.isArray(whoCould) ? whoCould.filter((role) => typeof role === "string") : [];
  return { message: refusal.message, whoCould: roles };
}
