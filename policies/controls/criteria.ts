const numbered = (prefix: string, most: number) => Array.from({ length: most }, (_, nth) => `${prefix}.${nth + 1}`);

/** Ids of the SOC 2 trust services criteria that a control may name. Their text is AICPA's and is not kept here. */
export const SOC2_IDS: readonly string[] = [
  ...[5, 3, 4, 2, 3, 8, 5, 1, 2].flatMap((most, nth) => numbered(`CC${nth + 1}`, most)),
  ...[...numbered("A1", 3), ...numbered("C1", 2), ...numbered("PI1", 5)],
];

/** Ids of ISO/IEC 27001:2022: the 93 controls of Annex A, and clauses that a product can help with. Their text is ISO's and is not kept here. */
export const ISO27001_IDS: readonly string[] = [
  ...[...numbered("A.5", 37), ...numbered("A.6", 8), ...numbered("A.7", 14), ...numbered("A.8", 34)],
  ...["6.1.3", "9.2", "9.3", "10.2"],
];
