import { dollars } from "@/app/_shared/pricing/dollars";
import classes from "@/app/_shared/pricing/pricing.module.css";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import type { Sku } from "@/policies/entitlements/schema";

function priceWords({ price }: Sku): string {
  if (price.kind === "subscription") return `${dollars(price.base.cents)} a month`;
  if (price.kind === "licence") return `from ${dollars(price.commitCents)} a year`;
  return `cost plus ${price.markupMilli / 10} %`;
}

/** Everything that is sold, each with its price, whom it is for and example terms. */
export function SkuCards() {
  return (
    <div className={classes.cards}>
      {CATALOGUE.skus.map((sku) => (
        <section key={sku.id} className={classes.card} aria-label={sku.title}>
          <h2>{sku.title}</h2>
          <p className={classes.price}>{priceWords(sku)}</p>
          <p>{sku.profile}</p>
          <ul>
            {sku.terms.map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
