import { answerDemoSignIn } from "@/server/auth/demo-sign-in";

export const dynamic = "force-dynamic";
export const POST = (request: Request) => answerDemoSignIn(request);
