import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { deleteBundle, getBundle, getBundleFile, listBundles, requestBundle } from "./index";

export const bundlesRouter = createRouter({
  request: tenantMutation(requestBundle),
  list: tenantQuery(listBundles),
  get: tenantQuery(getBundle),
  delete: tenantMutation(deleteBundle),
  file: tenantQuery(getBundleFile),
});
