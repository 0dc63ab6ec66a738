import type { Inclusions } from "../http/expand";
import type { Route } from "../http/route";
import { CUSTOMERS } from "./customers";
import { PRODUCTS } from "./products";

/** Every operation that the sandbox answers. */
export const ROUTES: readonly Route[] = [...CUSTOMERS, ...PRODUCTS];

/** What objects leave out until `expand` asks for it. */
export const INCLUSIONS: Inclusions = {};
