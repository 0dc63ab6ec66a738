import { z } from "zod";
import { textParam } from "@/app/_shared/page-params";

const docsParams = z.object({ text: textParam });

/** What is searched for; what makes no sense is left out. */
export const readDocsParams = (params: Readonly<Record<string, unknown>>) => docsParams.parse(params);
