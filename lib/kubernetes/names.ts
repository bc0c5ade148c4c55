/**
 * The length is not part of the expression, because V8 needs milliseconds to compile an expression that
 * counts to 61.
 */
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Whether a string is a DNS label (RFC 1123) of at most 63 characters, as the name of a namespace, container
 * or volume must be.
 */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && label.test(text);
}

/**
 * Whether a string is a DNS label that begins with a letter (RFC 1035) and has at most 63 characters, as the
 * name of a Service must be.
 */
export function isServiceName(text: string): boolean {
  return isDnsLabel(text) && /^[a-z]/.test(text);
}

/**
 * Whether a string is a DNS subdomain (RFC 1123) of at most 253 characters, as the names of most objects must
 * be.
 */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
}

const qualified = /^[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?$/;

/** Whether a string is a valid key of a label or an annotation: `name`, or `example.com/name`. */
export function isQualifiedName(text: string): boolean {
  const [name = '', prefix, ...others] = text.split('/').reverse();
  return isName(name) && others.length === 0 && (prefix === undefined || isDnsSubdomain(prefix));
}

/** Whether a string is a valid value of a label. An empty string is valid. */
export function isLabelValue(text: string): boolean {
  return text === '' || isName(text);
}

function isName(text: string): boolean {
  return text.length <= 63 && qualified.test(text);
}

/**
 * Whether Kubernetes 1.34 accepts a string as the name of an environment variable. Shells accept fewer names.
 */
export function isEnvironmentName(text: string): boolean {
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(text);
}

/** Whether a string is a valid key of a ConfigMap or a Secret. */
export function isDataKey(text: string): boolean {
  return text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && text !== '.' && !text.startsWith('..');
}
