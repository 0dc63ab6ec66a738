import pg from "pg";

export const dynamic = "force-dynamic";

const pool = new pg.Pool({ connectionString: process.env.BARE_DATABASE_URL, max: 10 });

interface Row {
  id: string;
  status: string;
  environment: string;
  risk_profile: string;
  created_at: Date;
}

/** The floor: what Next costs for a dynamic page of 50 rows without session, walls, policy or styling. */
export default async function Page() {
  const { rows } = await pool.query<Row>(
    "select id, status, environment, risk_profile, created_at from runs where tenant_id = $1 order by created_at desc, id desc limit 50",
    [process.env.BARE_TENANT_ID],
  );
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.id}</td>
            <td>{row.status}</td>
            <td>{row.environment}</td>
            <td>{row.risk_profile}</td>
            <td>{row.created_at.toISOString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
