import { z } from "zod";

/** Schemas that more than one part of the public HTTP API is made of. */
export const none = z.strictObject({});
export const moment = z.iso.datetime();
export const maybeMoment = moment.nullable();
export const wholeNumber = z.string().regex(/^\d{1,15}$/, "must be a whole number");
/** How many rows of a page are asked for, as a query has it. */
export const page = { limit: wholeNumber.transform(Number).pipe(z.int().min(1).max(100)).optional() };
