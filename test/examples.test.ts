import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Acknowledgement,
  check,
  drill,
  flows,
  type KubernetesObject,
  type Node,
  readManifests,
} from '../lib';
import { run } from './support/command';
import { root, withDirectory } from './support/configuration';

describe.each(['smallest', 'six-nodes', 'new-cluster'])('the configuration examples/%s', (name) => {
  const config = join(root, 'examples', name, 'production.yaml');

  test('is synthesized, and breaks no rule', () => {
    withDirectory((directory) => {
      const out = join(directory, 'dist');
      expect(run('synth', '--config', config, '--out', out)).toMatchObject({ status: 0, stderr: '' });
    });
  });

  test('is drilled', () => {
    const { status, stdout } = run('drill', '--config', config, '--format', 'json');
    expect([status, JSON.parse(stdout).notModelled]).toEqual([0, []]);
  });
});

test('six nodes are three servers and three agents in two locations', () => {
  const config = join(root, 'examples', 'six-nodes', 'production.yaml');
  const { differences } = JSON.parse(
    run('diff', config, join(root, 'examples', 'new-cluster', 'production.yaml'), '--format', 'json').stdout,
  );
  const nodes = differences.filter(({ section, own }: Record<string, string>) => section === 'nodes' && own);
  expect(nodes.map(({ subject, own }: Record<string, string>) => `${subject}: ${own}`)).toEqual([
    'agent1: cx33 in nbg1',
    'agent2: cx33 in fsn1',
    'agent3: cx33 in fsn1',
    'server1: cx23 in nbg1',
    'server2: cx23 in nbg1',
    'server3: cx23 in fsn1',
  ]);
});

/** An app of examples/, what is accepted of it, and the labels that its nodes need. */
interface ExampleApp {
  readonly name: string;
  readonly services: number;
  readonly namespaces: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly acknowledgements: readonly Acknowledgement[];
}

const singletons = 'It runs once by its nature.';

const apps: readonly ExampleApp[] = [
  {
    name: 'boutique',
    services: 10,
    namespaces: ['boutique'],
    labels: { 'boutique/redis': 'true' },
    acknowledgements: [
      {
        rule: 'deployment-replicas',
        objects: ['Deployment boutique/redis-cart', 'Deployment boutique/load-generator'],
        reason: singletons,
      },
      {
        rule: 'pod-probes-identical',
        objects: ['Deployment boutique/*'],
        reason: 'A gRPC service has only its port to probe.',
      },
    ],
  },
  {
    name: 'parcels',
    services: 7,
    namespaces: ['billing', 'shipping'],
    labels: { 'parcels/shipping-queue': 'true', 'parcels/billing-queue': 'true' },
    acknowledgements: [
      {
        rule: 'deployment-replicas',
        objects: ['*/queue'],
        reason: singletons,
      },
      { rule: 'pod-probes-identical', objects: ['*/queue'], reason: 'redis-cli asks the server itself.' },
    ],
  },
];

describe.each(apps)(
  'the app examples/$name.ts',
  ({ name, services, namespaces, labels, acknowledgements }) => {
    let directory: string;
    let objects: readonly KubernetesObject[];
    const nodes: readonly Node[] = ['one', 'two', 'three'].map((node, index) => ({
      name: node,
      labels: { 'kubernetes.io/hostname': node, 'kubernetes.io/os': 'linux', ...(index === 0 && labels) },
      capacity: { cpu: 4, memory: 8 * 2 ** 30 },
      reserved: { cpu: 0.5, memory: 2 ** 30 },
    }));

    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), 'example-'));
      process.env['CDK8S_OUTDIR'] = directory;
      require(`../examples/${name}`);
      delete process.env['CDK8S_OUTDIR'];
      objects = readManifests(readdirSync(directory).map((file) => join(directory, file)));
    });

    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    test('has its services, in its namespaces', () => {
      const found = objects.filter(({ kind }) => kind === 'Deployment' || kind === 'Service');
      expect([...new Set(found.map(({ metadata }) => metadata.namespace))].sort()).toEqual(namespaces);
      expect(found.filter(({ kind }) => kind === 'Service').length).toBeGreaterThanOrEqual(services);
    });

    test('breaks no rule but those that are acknowledged, each with its reason', () => {
      const { open, unused } = check(objects, { acknowledgements });
      expect([open, unused]).toEqual([[], []]);
    });

    test('has nothing that the drill does not know', () => {
      expect(drill(objects, { nodes }).notModelled).toEqual([]);
    });

    test('keeps every replicated service ready when any node is lost, drained or rolled out', () => {
      const outcomes = drill(objects, { nodes })
        .failures.filter(({ id }) => /^(node-lost|node-drained|rollout)( |$)/.test(id))
        .flatMap((failure) => failure.outcomes);
      const lost = outcomes.filter(({ ready, of }) => ready === 0 && of !== undefined && of > 1);
      expect(lost).toEqual([]);
    });

    test('allows the connections that it declares, and denies the others', () => {
      const { connections } = flows(objects);
      expect(connections.length).toBeGreaterThan(services);
    });
  },
);
