import { Panel } from "@/app/_shared/page";
import { ApiProvider } from "@/app/_trpc/client";
import { BuyForm } from "./buy-form";
import { ManageButton } from "./manage-button";
import { OFFERS } from "./offers";
import type { Plan } from "./plan-words";

/** How a plan is bought, or what was bought is managed; nothing where nothing is sold. */
export function SalePanel({ tenant, sale }: { tenant: string; sale: Plan["sale"] }) {
  if (!sale.isOpen) return null;
  return (
    <ApiProvider tenant={tenant}>
      {sale.whyNot === null ? (
        <Panel title="Choose a plan">
          <BuyForm offers={OFFERS} act="Go to payment" />
        </Panel>
      ) : null}
      {sale.hasCustomer ? (
        <Panel title="Payment">
          <ManageButton />
        </Panel>
      ) : null}
    </ApiProvider>
  );
}
