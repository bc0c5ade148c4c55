import { loadConfiguration } from '../../../../lib/deployment/config/load';
import { ConfigError } from '../../../../lib/input/problem';
import { type Edit, edited } from '../../../support/configuration';
import { staging, withEnvironments } from './environments';

/** What is said of staging after some edits of it, without the directory. */
function messages(edits: readonly Edit[], production: readonly Edit[] = []): string[] {
  const files = { 'staging.yaml': edited(edits, staging) };
  return withEnvironments(edited(production), files, (pathOf) => {
    try {
      loadConfiguration(pathOf('staging.yaml'));
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.problems.map(
        ({ path, message }) => `${path}: ${message.replaceAll(/\S*\/honeydue-\w+\//g, '')}`,
      );
    }
  });
}

const ownNodes = /nodes:\n(?: .*\n)+/.exec(staging)?.[0] ?? '';
const ownCluster = /cluster: .*\n/.exec(staging)?.[0] ?? '';
/** Staging on production's nodes, in a namespace of its own. */
const sameNodes: Edit[] = [
  [ownNodes, ''],
  [ownCluster, ''],
];

/** A new network in a new cluster. */
const network = (range: string, subnet: string) =>
  `hetzner: { privateNetwork: { range: ${range}, subnet: ${subnet} } }\n`;

test('an environment that shares nothing is accepted', () => {
  expect(messages([])).toEqual([]);
});

test('an environment on the same nodes is accepted in a namespace of its own, without servers', () => {
  expect(messages([...sameNodes, ['adopt: null', 'adopt: null\nhetzner: null']])).toEqual([]);
});

describe('two environments must not share', () => {
  test.each<[string, Edit[], RegExp]>([
    [
      'a host',
      [['staging-app.myhoneydue.com', 'app.myhoneydue.com']],
      /^workloads\.web\.hosts\[0\]: is app\.myhoneydue\.com, as in production\.yaml:\d+:\d+; only one environment can have the DNS records of a host; choose another host$/,
    ],
    [
      'a namespace on the same nodes',
      [...sameNodes, ['namespace: honeydue-staging\n', 'hetzner: null\n']],
      /^namespace: is honeydue, as in production\.yaml:\d+:\d+; both environments have the same nodes, .*choose another namespace; staging\.yaml inherits this value: set a different value there$/,
    ],
    [
      "the names of Hetzner's firewall and networks",
      [['namespace: honeydue-staging\n', '']],
      /^namespace: is honeydue, as in .*; Hetzner's firewall and network are named after the namespace/,
    ],
    [
      "a server's name",
      [['hostname: staging-1', 'hostname: ubuntu-8gb-nbg1-2']],
      /^nodes\.staging1\.hostname: is ubuntu-8gb-nbg1-2, as in .*unique in a Hetzner project/,
    ],
    [
      "a node's name",
      [
        ['  hetzner1: null\n', ''],
        [
          '  staging1: { address: 192.0.2.1, hostname: staging-1',
          '  hetzner1: { address: 192.0.2.1, hostname: staging-1',
        ],
        ['firstNode: staging1', 'firstNode: hetzner1'],
      ],
      /^nodes\.hetzner1: is hetzner1, as in .*; a primary IP at Hetzner is named after its node/,
    ],
    [
      'the label of the metrics',
      [['metrics: { cluster: staging }\n', '']],
      /^metrics\.cluster: is honeydue at obs\.88oakapps\.com, as in /,
    ],
    [
      'a zone that Terraform manages',
      [['edge: { cloudflare: null }\n', '']],
      /^edge\.zone: is myhoneydue\.com, as in .*; both environments would manage the settings and rulesets/,
    ],
    [
      'servers that Terraform manages',
      sameNodes,
      /^hetzner: both environments have the same nodes, and production\.yaml:\d+:\d+ lets Terraform manage them; set hetzner: null here; staging\.yaml inherits this value: set a different value there$/,
    ],
    [
      'the set-up of nodes, if it differs',
      [...sameNodes, ['adopt: null', 'adopt: null\nhetzner: null\nk3s: v1.34.5+k3s1']],
      /^k3s: differs from production\.yaml:\d+:\d+; both environments have the same nodes/,
    ],
    [
      'a resource that exists',
      [['adopt: null', 'adopt: { servers: null, primaryIps: null, records: null }']],
      /^adopt\.firewall: is the same as in production\.yaml:\d+:\d+, so two Terraform states would manage one resource/,
    ],
  ])('%s', (_, edits, message) => {
    expect(messages(edits)).toContainEqual(expect.stringMatching(message));
  });

  test('a bucket of backups', () => {
    const name = /name:\n +unresolved: create a private bucket.*\n/;
    const found = name.exec(edited([]))?.[0] ?? '';
    expect(messages([], [[found, 'name: honeydue-dumps\n']])).toContainEqual(
      expect.stringMatching(
        /^workloads\.postgres-backup\.bucket\.name: is honeydue-dumps, as in .*choose another bucket; staging\.yaml inherits this value: set a different value there$/,
      ),
    );
  });

  test("the key of Terraform's state", () => {
    const production: Edit[] = [
      [
        'namespace: honeydue\n',
        'namespace: honeydue\nterraform: { backblazeB2: { bucket: states, region: us-east-005 } }\n',
      ],
    ];
    const edits: Edit[] = [
      ['namespace: honeydue-staging\n', ''],
      ['adopt: null', 'adopt: null\nhetzner: null'],
    ];
    expect(messages(edits, production)).toContainEqual(
      expect.stringMatching(
        /^namespace: is states\/honeydue, as in .*; both environments would use the same key/,
      ),
    );
  });

  test('an address range', () => {
    const production: Edit[] = [['hetzner:\n', `${network('10.0.0.0/16', '10.0.1.0/24')}ignored:\n`]];
    const edits: Edit[] = [
      ['adopt: null\n', `adopt: null\nignored: null\n${network('10.0.0.0/17', '10.0.1.0/24')}`],
    ];
    expect(messages(edits, production)).toContainEqual(
      expect.stringMatching(
        /^hetzner\.privateNetwork\.range: is 10\.0\.0\.0\/17, as in .*; the ranges overlap/,
      ),
    );
  });
});

test('a broken environment does not stop the deployment that it extends', () => {
  withEnvironments(edited([]), { 'staging.yaml': 'extends: production.yaml\nnamespace: [\n' }, (pathOf) => {
    expect(() => loadConfiguration(pathOf('production.yaml'))).not.toThrow();
  });
});

test('the deployment is compared with its environments, too', () => {
  const files = { 'staging.yaml': staging.replace('staging-app.', 'app.') };
  withEnvironments(edited([]), files, (pathOf) => {
    expect(() => loadConfiguration(pathOf('production.yaml'))).toThrow(
      /workloads\.web\.hosts\[0\]: is app\.myhoneydue\.com, as in \S*staging\.yaml:/,
    );
  });
});
