/** Words in names of secrets, such as `DB_PASSWORD`. */
const secretName =
  /(^|[_.-])(pass(word|wd|phrase)?|secret|token|api[_-]?key|private[_-]?key|access[_-]?key|credentials?|auth[_-]?key)($|[_.-])/i;

/** Endings of names that contain such a word and still name no secret, such as `TOKEN_PATH` or `SECRET_TTL`. */
const aboutSecret = /(_|-|\.)(path|file|dir|name|url|uri|ttl|length|expiry|expires|id|header|type|enabled)$/i;

/** Whether a name is the name of a secret. */
export function namesSecret(name: string): boolean {
  return secretName.test(name) && !aboutSecret.test(name);
}

/** Formats of strings that are always secrets. */
const shapes: readonly RegExp[] = [
  /-----BEGIN ([A-Z ]+ )?PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/, // Amazon
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/, // GitHub
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/, // Slack
  /\bsk_live_[A-Za-z0-9]{16,}\b/, // Stripe
  /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/, // age
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./, // a JSON Web Token
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@$]+:[^\s/@$]+@/i, // a password in a URL
];

/** Whether a string contains a secret in one of the known formats. */
export function looksSecret(text: string): boolean {
  return shapes.some((shape) => shape.test(text));
}
