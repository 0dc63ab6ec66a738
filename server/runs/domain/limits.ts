/**
 * The most that the outputs of a run may weigh together as JSON, in bytes: all of them are in memory while it runs, and
 * each later step may read them.
 */
export const MAX_OUTPUT_BYTES = 16_000_000;

/** The most that a file which a step keeps as evidence may weigh, in bytes. */
export const MAX_FILE_BYTES = 1_000_000;

/** How many runs may call each other in a row. */
export const MAX_CALL_DEPTH = 5;
