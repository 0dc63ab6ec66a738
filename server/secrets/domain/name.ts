/** How a secret is named in a workflow's texts: capitals, as environment variables are. */
export const SECRET_NAME = /^[A-Z][A-Z0-9_]{0,62}$/;
