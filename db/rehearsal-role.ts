import pg from "pg";

export const REHEARSAL_ROLE = "conductor_rehearsal";

/**
 * Makes the role that rehearsals make and drop their own databases as. It owns nothing else and is a member of nothing, so in the
 * product's database it sees nothing. Safe to run again. Returns its login.
 */
export async function makeRehearsalRole(ownerUrl: string, password: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Two that make it at once: roles are the server's, and there is no `if not exists`.
    await client.query(
      `do $$ begin create role ${REHEARSAL_ROLE}; exception when duplicate_object or unique_violation then null; end $$`,
    );
    await client.query(
      `alter role ${REHEARSAL_ROLE} login createdb nosuperuser nocreaterole nobypassrls password ${client.escapeLiteral(password)}`,
    );
  } finally {
    await client.end();
  }
  const login = new URL(ownerUrl);
  [login.username, login.password, login.pathname] = [REHEARSAL_ROLE, encodeURIComponent(password), "/postgres"];
  return login.toString();
}
