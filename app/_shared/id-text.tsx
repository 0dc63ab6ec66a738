/** An id or hash: its kind and its last eight digits, which tell two apart; the whole of it on hover. */
export function IdText({ id }: { id: string }) {
  const cut = Math.max(id.indexOf("_"), id.indexOf(":"));
  const short = cut > 0 && id.length > 20 ? `${id.slice(0, cut + 1)}…${id.slice(-8)}` : id;
  return <code title={id}>{short}</code>;
}
