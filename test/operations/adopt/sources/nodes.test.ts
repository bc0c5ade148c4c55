import { nodesSource } from '../../../../lib/operations/adopt/nodes/source';
import { ask as askSource, deployment, left, stated } from './asking';
import { withNodes } from './nodes-case';

const ask = (changed = {}) => askSource(nodesSource(), {}, { ssh: true, ...changed });
const keyOf = (letter: string) => `ssh-ed25519 ${letter.repeat(68)}`;
const keys = `# added by hand\n${keyOf('A')} trey@laptop\n\n${keyOf('B')} ci\n`;

/** What ufw 0.36 prints, with the columns of its table. */
const ufw = (...rows: string[]) =>
  [
    'Status: active',
    '',
    'To                         Action      From',
    '--                         ------      ----',
  ]
    .concat(
      rows.map((row) =>
        row
          .split('|')
          .map((cell, index) => cell.padEnd(index === 0 ? 27 : 12))
          .join('')
          .trimEnd(),
      ),
    )
    .join('\n');
const usual = ufw(
  '22/tcp|ALLOW|84.20.10.7',
  '6443/tcp|ALLOW|84.20.10.7',
  '6443/tcp|ALLOW|178.105.32.198',
  '443/tcp|ALLOW|173.245.48.0/20             # Cloudflare',
  'Anywhere|ALLOW|10.42.0.0/16',
  '8472/udp|ALLOW|Anywhere',
);

test('the keys and the networks of the operator are found', () =>
  withNodes(async ({ answer, calls }) => {
    answer('cat', keys);
    answer('ufw', usual);
    const { answers } = await ask();
    expect(answers).toEqual({
      ...stated('access.authorizedKeys', [`${keyOf('A')} trey@laptop`, `${keyOf('B')} ci`]),
      ...stated('access.networks', ['84.20.10.7/32']),
    });
    expect(calls().sort()).toEqual(
      ['cat /home/deploy/.ssh/authorized_keys', 'ufw status']
        .flatMap((command) =>
          [1, 2, 3].map((node) => `-o BatchMode=yes -o ConnectTimeout=10 hetzner${node} sudo -n ${command}`),
        )
        .sort(),
    );
  }));

test('without --ssh no node is asked', () =>
  withNodes(async ({ calls }) => {
    const { answers, notAsked } = await ask({ ssh: false });
    expect([notAsked, calls()]).toEqual(['only with --ssh', []]);
    expect(answers).toMatchObject(left('access.networks', 'no-source', 'only with --ssh'));
  }));

describe('the keys', () => {
  test('in another order, or with another comment, are the same', () =>
    withNodes(async ({ answer }) => {
      answer('cat', keys);
      answer('cat', `${keyOf('B')} other\n${keyOf('A')}\n`, 'hetzner2');
      expect((await ask()).answers).toMatchObject(
        stated('access.authorizedKeys', [`${keyOf('A')} trey@laptop`, `${keyOf('B')} ci`]),
      );
    }));

  test('of nodes that differ are an ambiguity, with both', () =>
    withNodes(async ({ answer }) => {
      answer('cat', keys);
      answer('cat', `${keyOf('A')} trey@laptop\n`, 'hetzner3');
      expect((await ask()).answers).toMatchObject(
        left('access.authorizedKeys', 'ambiguous', 'there are several answers', [
          '…AAAAAAAA trey@laptop, …BBBBBBBB ci (hetzner1, hetzner2)',
          '…AAAAAAAA trey@laptop (hetzner3)',
        ]),
      );
    }));

  test.each([
    [
      'with options',
      `from="84.20.10.0/24" ${keyOf('A')}\n`,
      'unusable',
      'line 1 of authorized_keys on hetzner1 is not a plain public key',
    ],
    ['of another kind', `# keys\n${'A'.repeat(70)}\n`, 'unusable', 'line 2 of authorized_keys on hetzner1'],
    [
      'that are none',
      '\n',
      'missing',
      'deploy has no key on hetzner1; set access.authorizedKeys to the keys that may log on',
    ],
  ])('%s are refused', (_, text, failure, reason) =>
    withNodes(async ({ answer }) => {
      answer('cat', text);
      expect((await ask()).answers).toMatchObject(left('access.authorizedKeys', failure, reason));
    }),
  );
});

describe('the networks', () => {
  test.each([
    [
      'with a profile and a limit',
      ufw('OpenSSH|LIMIT IN|84.20.10.0/24', '6443|ALLOW IN|84.20.10.0/24'),
      ['84.20.10.0/24'],
    ],
    [
      'of IPv6',
      ufw('22,6443/tcp|ALLOW|84.20.10.7', '22,6443/tcp (v6)|ALLOW|2a01:4f8::1'),
      ['84.20.10.7/32', '2a01:4f8::1/128'],
    ],
    [
      'of a range of ports',
      ufw('22/tcp|ALLOW|84.20.10.7', '6000:7000/tcp|ALLOW|84.20.10.7'),
      ['84.20.10.7/32'],
    ],
  ])('%s are found', (_, text, expected) =>
    withNodes(async ({ answer }) => {
      answer('ufw', text);
      expect((await ask()).answers).toMatchObject(stated('access.networks', expected));
    }),
  );

  test('of ports that differ are an ambiguity, with both', () =>
    withNodes(async ({ answer }) => {
      answer('ufw', ufw('22/tcp|ALLOW|84.20.10.7', '22/tcp|ALLOW|91.1.1.0/24', '6443/tcp|ALLOW|84.20.10.7'));
      expect((await ask()).answers).toMatchObject(
        left('access.networks', 'ambiguous', 'there are several answers', [
          '84.20.10.7/32, 91.1.1.0/24 (port 22 of hetzner1, port 22 of hetzner2, port 22 of hetzner3)',
          '84.20.10.7/32 (port 6443 of hetzner1, port 6443 of hetzner2, port 6443 of hetzner3)',
        ]),
      );
    }));

  test('of an agent have no port 6443', () =>
    withNodes(async ({ answer }) => {
      answer('ufw', usual);
      answer('ufw', ufw('22/tcp|ALLOW|84.20.10.7'), 'hetzner3');
      const { hetzner3 } = deployment.nodes;
      if (hetzner3 === undefined) throw new Error('production has no hetzner3');
      const agents = {
        ...deployment,
        nodes: { ...deployment.nodes, hetzner3: { ...hetzner3, role: 'agent' as const } },
      };
      expect((await ask({ deployment: agents })).answers).toMatchObject(
        stated('access.networks', ['84.20.10.7/32']),
      );
    }));

  test.each([
    [
      'of everybody',
      ufw('22/tcp|ALLOW|Anywhere', '6443/tcp|ALLOW|84.20.10.7'),
      'unusable',
      'ufw allows every address on port 22 of hetzner1',
    ],
    [
      'of an inactive firewall',
      'Status: inactive\n',
      'missing',
      'ufw is not active on hetzner1; set access.networks to the ranges',
    ],
  ])('%s are refused', (_, text, failure, reason) =>
    withNodes(async ({ answer }) => {
      answer('ufw', text);
      expect((await ask()).answers).toMatchObject(left('access.networks', failure, reason));
    }),
  );
});

test('a node that refuses the connection is named, with what ssh prints last', () =>
  withNodes(async ({ answer }) => {
    answer('cat', keys, 'hetzner1');
    answer('cat', keys, 'hetzner2');
    expect((await ask()).answers).toMatchObject(
      left(
        'access.authorizedKeys',
        'no-source',
        "hetzner3 can't be reached: deploy@hetzner3: Permission [1mdenied (publickey).; try: ssh hetzner3 true",
      ),
    );
  }));

test('a node where sudo asks for a password is named', () =>
  withNodes(async ({ answer, refuseSudo }) => {
    answer('ufw', usual);
    refuseSudo('hetzner1');
    expect((await ask()).answers).toMatchObject({
      ...left(
        'access.authorizedKeys',
        'no-source',
        "sudo cat /home/deploy/.ssh/authorized_keys fails on hetzner1: sudo: a password is required; hetzner2 can't be reached",
      ),
      ...stated('access.networks', ['84.20.10.7/32']),
    });
  }));
