/** How long a signing secret that is rotated goes on, as a person chooses it. */
export const GRACE_CHOICES = [
  { value: "24", label: "24 hours longer" },
  { value: "1", label: "1 hour longer" },
  { value: "168", label: "7 days longer" },
  { value: "0", label: "not at all: it ends now" },
];
