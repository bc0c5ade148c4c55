import { type AdoptResolver, notFound } from '../resolver';
import { agreedAnswer, type NodeCandidate } from './agreed-answer';
import type { NodesConnection } from './connection';

/** Finds the public keys that allow logging on to the nodes. */
export const authorizedKeysResolver: AdoptResolver<NodesConnection> = {
  path: 'access.authorizedKeys',
  foundIn: 'the `authorized_keys` of `access.user`, which must be the same on every node',
  command: ({ deployment: { nodes, access } }) =>
    `ssh ${Object.keys(nodes)[0]} sudo ${readKeys(access.user).join(' ')}`,
  async find(value, connection) {
    const { nodes, access } = value.deployment;
    const texts = await connection.read(Object.keys(nodes), readKeys(access.user));
    const read = [...texts].map(([node, text]) => ({ node, lines: keyLines(text) }));
    for (const { node, lines } of read) {
      const odd = lines.find(({ key }) => key === undefined);
      if (odd !== undefined)
        return notFound(
          'unusable',
          `line ${odd.number} of authorized_keys on ${node} is not a plain public key: access.authorizedKeys can't contain options; add the key without options, or remove the line`,
        );
      if (lines.length === 0)
        return notFound(
          'missing',
          `${access.user} has no key on ${node}; set access.authorizedKeys to the keys that may log on`,
        );
    }
    return agreedAnswer(value, read.map(candidate));
  },
};

/** On each node. */
function readKeys(user: string): string[] {
  return ['cat', `/home/${user}/.ssh/authorized_keys`];
}

interface KeyLine {
  readonly number: number;
  readonly text: string;
  /** The type and the key without the comment; undefined for another line. */
  readonly key: string | undefined;
}

function keyLines(text: string): KeyLine[] {
  return text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim().replaceAll(/\s+/g, ' ');
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const key = /^(?:ssh-|ecdsa-|sk-)[\w@.-]+ [A-Za-z0-9+/]{40,}={0,2}(?= |$)/.exec(trimmed)?.[0];
    return [{ number: index + 1, text: trimmed, key }];
  });
}

function candidate({ node, lines }: { node: string; lines: readonly KeyLine[] }): NodeCandidate {
  const unique = lines.filter(({ key }, index) => lines.findIndex((each) => each.key === key) === index);
  return {
    origin: node,
    key: unique
      .map(({ key }) => key)
      .sort()
      .join('\n'),
    value: unique.map(({ text }) => text),
    // Messages show the end of a key, because comments of keys may be equal.
    shown: unique.map(({ text, key = '' }) => `…${key.slice(-8)}${text.slice(key.length)}`).join(', '),
  };
}
