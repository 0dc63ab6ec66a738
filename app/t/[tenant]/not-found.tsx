"use client";

import { Missing } from "@/app/_shared/missing";

export default function NotFound() {
  return <Missing what="page" href="/tenants" back="Go to your tenants" />;
}
