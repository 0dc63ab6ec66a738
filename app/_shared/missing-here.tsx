"use client";

import { useParams } from "next/navigation";
import { Missing } from "./missing";

interface Props {
  what: string;
  /** The page of this tenant where others of its kind are, such as `runs`. */
  list: string;
  back: string;
}

/** The not-found state inside a tenant: the way back is to the tenant's own list. */
export function MissingHere({ what, list, back }: Props) {
  const { tenant } = useParams<{ tenant: string }>();
  return <Missing what={what} href={`/t/${tenant}/${list}`} back={back} />;
}
