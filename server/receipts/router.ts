import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { getReceipt, listReceipts } from "./index";

export const receiptsRouter = createRouter({ list: tenantQuery(listReceipts), get: tenantQuery(getReceipt) });
