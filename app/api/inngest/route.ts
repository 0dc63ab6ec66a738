import { serveInngest } from "@/jobs";

export const dynamic = "force-dynamic";
export { serveInngest as GET, serveInngest as POST, serveInngest as PUT };
