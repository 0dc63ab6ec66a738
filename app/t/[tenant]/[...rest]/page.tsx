import { notFound } from "next/navigation";

/** An address inside a tenant that leads nowhere: the not-found page, with the way back beside it. */
export default function NoSuchPage() {
  notFound();
}
