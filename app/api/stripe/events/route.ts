import { answerNotification } from "@/server/billing";

export const dynamic = "force-dynamic";

export const POST = (request: Request): Promise<Response> => answerNotification(request);
