import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import {
  bitString,
  integer,
  objectIdentifier,
  sequence,
  set,
  utf8String,
} from '../../../lib/operations/secrets/der';

const tagged = (tag: number, bytes: Uint8Array) => {
  const length = bytes.length < 0x80 ? [bytes.length] : [0x82, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
};

/** A certificate of a key for hosts, signed by the key itself (RFC 5280). */
export function certificateOf(keyPem: string, hosts: readonly string[], expires: Date): string {
  const key = createPrivateKey(keyPem);
  const algorithm = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
  const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String('test'))));
  const time = (date: Date) => tagged(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));
  const names = sequence(...hosts.map((host) => tagged(0x82, Buffer.from(host))));
  const extension = sequence(objectIdentifier('2.5.29.17'), tagged(0x04, names));
  const information = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    algorithm,
    name,
    sequence(time(new Date('2020-01-01T00:00:00Z')), time(expires)),
    name,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension)),
  );
  const signature = sign('sha256', information, key);
  const lines =
    sequence(information, algorithm, bitString(signature))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
