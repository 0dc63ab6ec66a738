/** The id in a reference of a kind, such as `user:usr_…`; null for one of another kind. */
export const idIn = (reference: string, kind: string): string | null =>
  reference.startsWith(`${kind}:`) ? reference.slice(kind.length + 1) : null;
