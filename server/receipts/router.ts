import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { listReceipts } from "./index";

export const receiptsRouter = createRouter({ list: tenantQuery(listReceipts) });
