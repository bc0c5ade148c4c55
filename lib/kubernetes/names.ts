/** Lengths are held apart: V8 takes milliseconds to compile an expression that counts to 61. */
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** A DNS label (RFC 1123), at most 63 long: a namespace, a container, a volume. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && label.test(text);
}

/** A DNS label that begins with a letter (RFC 1035), at most 63 long: a Service. */
export function isServiceName(text: string): boolean {
  return isDnsLabel(text) && /^[a-z]/.test(text);
}

/** A DNS subdomain (RFC 1123), at most 253 long: most objects. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
}

const qualified = /^[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?$/;

/** The key of a label or an annotation: `name`, or `example.com/name`. */
export function isQualifiedName(text: string): boolean {
  const [name = '', prefix, ...others] = text.split('/').reverse();
  return isName(name) && others.length === 0 && (prefix === undefined || isDnsSubdomain(prefix));
}

/** The value of a label; it may be empty. */
export function isLabelValue(text: string): boolean {
  return text === '' || isName(text);
}

function isName(text: string): boolean {
  return text.length <= 63 && qualified.test(text);
}

/** The name of an environment variable, as Kubernetes takes it since 1.34; a shell reads fewer. */
export function isEnvironmentName(text: string): boolean {
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(text);
}

/** A key of a ConfigMap or a Secret. */
export function isDataKey(text: string): boolean {
  return text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && text !== '.' && !text.startsWith('..');
}
