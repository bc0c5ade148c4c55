import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { bitString, emptyContext, integer, objectIdentifier, sequence, set, utf8String } from './der';

const commonName = '2.5.4.3';
const ecdsaWithSha256 = '1.2.840.10045.4.3.2';

/** Creates a private key on the curve P-256, in PEM. */
export function createCertificateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Creates a certificate signing request (RFC 2986), as `openssl req -new -subj /CN=…` does.
 *
 * @param name the common name; Cloudflare takes the hosts of the certificate from the API call, not from the signing
 * request
 */
export function createCertificateRequest(keyPem: string, name: string): string {
  const privateKey = createPrivateKey(keyPem);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const subject = sequence(set(sequence(objectIdentifier(commonName), utf8String(name))));
  const information = sequence(integer(0), subject, publicKey, emptyContext(0));
  const signature = sign('sha256', information, { key: privateKey, dsaEncoding: 'der' });
  const request = sequence(information, sequence(objectIdentifier(ecdsaWithSha256)), bitString(signature));
  const lines = request.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`;
}
