import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { endAdapter, listAdapters, registerAdapter, rotateAdapterSecret, updateAdapter } from "./index";

export const adaptersRouter = createRouter({
  list: tenantQuery(listAdapters),
  register: tenantMutation(registerAdapter),
  update: tenantMutation(updateAdapter),
  rotateSecret: tenantMutation(rotateAdapterSecret),
  end: tenantMutation(endAdapter),
});
