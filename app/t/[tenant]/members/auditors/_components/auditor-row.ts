/** An auditor as the page shows them. */
export interface AuditorRow {
  id: string;
  name: string | null;
  email: string;
  engagement: string;
  state: string;
  startsAt: string;
  endsAt: string;
  endedAt: string | null;
  /** How long is left, in words; null where nothing is. */
  left: string | null;
  views: number;
  lastSeenAt: string | null;
}
