import { must, Refusal } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderText, type TemplateScope } from "@/server/workflows/domain/template";
import type { ExecutionContext } from "./context";
import { StepFailure } from "./step-failure";

/** Sends a mail with filled subject and text. Throws StepFailure (retriable) while the mail server cannot take it. */
export async function actMail(
  ctx: ExecutionContext,
  step: StepOf<"notify">,
  scope: TemplateScope,
): Promise<{ input: Json; output: Json }> {
  const mail = {
    to: must(step.to, "a checked mail says to whom it goes"),
    // One line: a subject that carries a line break could add headers of its own.
    subject: renderText(step.subject ?? "", scope)
      .replaceAll(/[\p{Cc}\s]+/gu, " ")
      .slice(0, 200),
    text: renderText(step.text, scope),
  };
  try {
    await ctx.sendMail(mail);
  } catch (error) {
    if (error instanceof Refusal) throw new StepFailure("mail", error.message, { input: mail, isRetriable: true });
    throw error;
  }
  return { input: mail, output: { sent: true } };
}
