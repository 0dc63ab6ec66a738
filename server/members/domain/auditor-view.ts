/** One thing that an auditor was shown. */
export interface AuditorViewDto {
  id: string;
  /** ISO 8601. */
  at: string;
  name: string | null;
  email: string;
  /** The call that showed it, such as `findings.get`. */
  procedure: string;
  action: string;
  /** `<kind>:<id>`, as receipts name it; the tenant itself for a list. */
  subject: string;
  /** With what the call was made, as canonical JSON; the digest of what is long. */
  asked: string;
  /** What the subject is called, and where in the tenant's pages it is shown; null for what is gone, and for a list. */
  subjectName: string | null;
  subjectPath: string | null;
  requestId: string;
}
