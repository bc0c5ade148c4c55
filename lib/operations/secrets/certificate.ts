import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** A certificate that expires within this time is reported. */
const leastDays = 30;
const day = 24 * 60 * 60 * 1000;

/** What is wrong with a private key in PEM; undefined if it is valid. */
export function privateKeyFault(pem: string): string | undefined {
  const key = readPrivateKey(pem);
  if (key === undefined)
    return 'is not a private key in PEM; copy the whole file, with its BEGIN and END lines';
  return undefined;
}

/**
 * What is wrong with a certificate and its key, as messages.
 *
 * @param hosts the hosts that the certificate must cover
 */
export function certificateFaults(
  pem: string,
  keyPem: string | undefined,
  hosts: readonly string[],
  now: Date,
): string[] {
  const certificate = readCertificate(pem);
  if (certificate === undefined)
    return ['is not a certificate in PEM; copy the whole file, with its BEGIN and END lines'];
  const faults: string[] = [];
  const key = keyPem === undefined ? undefined : readPrivateKey(keyPem);
  if (key !== undefined && !certificate.checkPrivateKey(key))
    faults.push(
      'does not belong to tls.key; request a certificate for that key, or restore the key of this certificate',
    );
  const uncovered = hosts.filter((host) => certificate.checkHost(host) === undefined);
  if (uncovered.length > 0)
    faults.push(
      `does not cover ${uncovered.join(', ')}; request a certificate for all hosts (docs/terraform.md)`,
    );
  const left = Math.floor((Date.parse(certificate.validTo) - now.getTime()) / day);
  if (left < 0)
    faults.push(`expired on ${dateOf(certificate)}; request a new certificate (docs/terraform.md)`);
  else if (left < leastDays)
    faults.push(
      `expires on ${dateOf(certificate)}, in ${left} days; request a new certificate (docs/terraform.md)`,
    );
  return faults;
}

function dateOf({ validTo }: X509Certificate): string {
  return new Date(validTo).toISOString().slice(0, 10);
}

function readPrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
