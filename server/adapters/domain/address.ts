/** Where an adapter lies: https, a host, perhaps a port and a path, and nothing that could hold a password or a token. */
export function addressFault(address: string): string | null {
  const url = URL.parse(address);
  if (url?.protocol !== "https:" || /[\s\\\u0000-\u001f]/.test(address))
    return "must be an address such as https://host/path";
  if (url.username !== "" || url.password !== "")
    return "must hold neither user nor password: the signature says who calls";
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(address))
    return "must have no query and no fragment: the signature says who calls";
  return null;
}
