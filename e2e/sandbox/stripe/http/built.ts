import { invalid } from "./errors";

/** Refuses what the contract allows and the sandbox would drop in silence: an answer must not lie by leaving out. */
export function refuseUnbuilt(params: object, built: readonly string[]): void {
  const name = Object.keys(params).find((each) => each !== "expand" && !built.includes(each));
  if (name !== undefined) throw invalid(`The local billing sandbox does not implement ${name} here yet.`, name);
}
