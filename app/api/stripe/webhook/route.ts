import { answerWebhook } from "@/server/billing";

export const dynamic = "force-dynamic";

export const POST = (request: Request): Promise<Response> => answerWebhook(request);
