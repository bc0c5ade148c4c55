import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, parse, parseDocument } from 'yaml';
import { impact } from '../../lib/analysis/impact/impact';
import { outputOf } from '../../lib/cli/output';
import { type Synthesis, synthesize } from '../../lib/cli/synthesize';
import { at } from '../support/at';
import { edited, editedLock, root, withConfiguration } from '../support/configuration';
import { find, production } from '../support/production';
import { blocksOf } from './blocks';

const page = (name: string) => readFileSync(join(root, 'docs', 'tasks', name), 'utf8');

type Edit = (configuration: Document) => void;

/** Production after edits of its configuration. */
function productionAfter(...edits: readonly Edit[]): Synthesis {
  const configuration = parseDocument(edited([]));
  for (const edit of edits) edit(configuration);
  const docs = configuration.hasIn(['images', 'docs'])
    ? `docs: { tag: v1, digest: "sha256:${'5'.repeat(64)}" }\n`
    : '';
  return withConfiguration(configuration.toString(), synthesize, `${editedLock([])}${docs}`);
}

/** States the values of a page's YAML block, and keeps all others. */
function stated(name: string, index = 0): Edit {
  const block = parse(blocksOf(page(name), 'yaml')[index] ?? '') as Record<string, unknown>;
  return (configuration) => merge(configuration, [], block);
}

function merge(configuration: Document, path: readonly string[], values: object): void {
  for (const [key, value] of Object.entries(values)) {
    const place = [...path, key];
    const isMapping = typeof value === 'object' && !Array.isArray(value);
    if (isMapping && isMap(configuration.getIn(place))) merge(configuration, place, value);
    else configuration.setIn(place, configuration.createNode(value));
  }
}

const changes = (before: Synthesis, now: Synthesis) => impact(outputOf(before), outputOf(now)).consequences;
const objectsOf = (kind: string, before: Synthesis, now: Synthesis) =>
  changes(before, now)
    .filter((each) => each.class === kind)
    .map(({ object }) => object);

describe('README, a first change', () => {
  test('changes the replicas of web', () => {
    const web = find(
      productionAfter((each) => each.setIn(['workloads', 'web', 'replicas'], 4)),
      'Deployment',
      'web',
    );
    expect(at(web, 'spec.replicas')).toBe(4);
  });
});

describe('add-workload.md', () => {
  test('writes the manifest that it names', () => {
    const paths = productionAfter(stated('add-workload.md')).files.map(({ path }) => path);
    expect(paths).toContain('3-docs.k8s.yaml');
  });
});

describe('add-host.md', () => {
  const more = productionAfter(stated('add-host.md'));

  test('adds a rule to the Ingress', () => {
    expect(JSON.stringify(find(more, 'Ingress', 'web'))).toContain('www.myhoneydue.com');
  });

  test('adds one record for each node, and nothing that is worse than a new route', () => {
    expect(changes(production, more).map(({ class: kind, object }) => [kind, object])).toEqual([
      ['exposed', 'Ingress honeydue/web'],
      ['exposed', 'www.myhoneydue.com'],
    ]);
    expect(JSON.stringify(more.terraform[0]?.configuration)).toContain('www_myhoneydue_com_hetzner3');
  });

  test('refuses a name two labels below the zone', () => {
    const deeper: Edit = (each) => each.addIn(['workloads', 'web', 'hosts'], 'a.b.myhoneydue.com');
    expect(() => productionAfter(deeper)).toThrow('a.b.myhoneydue.com');
  });
});

describe('rotate-secret.md', () => {
  test('names the workloads that restart', () => {
    const [, names = ''] = /These workloads restart: ([\w, -]+)\./.exec(page('rotate-secret.md')) ?? [];
    expect(objectsOf('restarts', production, productionAfter(stated('rotate-secret.md'))).sort()).toEqual(
      names
        .split(', ')
        .map((name) => `Deployment honeydue/${name}`)
        .sort(),
    );
  });
});

describe('add-node.md', () => {
  const more = productionAfter(stated('add-node.md'));

  test('writes a script for the node', () => {
    expect(more.files.map(({ path }) => path)).toContain('nodes/hetzner4.sh');
  });

  test('changes no other server', () => {
    const servers = changes(production, more).filter(({ object }) => object.startsWith('hcloud_server.'));
    expect(servers.map(({ object }) => object)).toEqual(['hcloud_server.hetzner4']);
  });

  test('loses and replaces nothing', () => {
    const kinds = changes(production, more).map((each) => each.class);
    expect(kinds.filter((kind) => ['lost', 'fails', 'replaced'].includes(kind))).toEqual([]);
  });
});

describe('replace-node.md', () => {
  const unprotected = productionAfter(stated('replace-node.md'));

  test('takes the protection off the server and its address, and changes nothing else', () => {
    const objects = new Set(changes(production, unprotected).map(({ object }) => object));
    expect([...objects].sort()).toEqual(['hcloud_primary_ip.hetzner2', 'hcloud_server.hetzner2']);
  });

  test('then loses the server and its address, and nothing else', () => {
    const removed = productionAfter(stated('replace-node.md'), (configuration) => {
      const hosts = ['api', 'admin', 'app'].map((name) => `${name}.myhoneydue.com`);
      configuration.deleteIn(['nodes', 'hetzner2']);
      for (const ids of ['servers', 'primaryIps']) configuration.deleteIn(['adopt', ids, 'hetzner2']);
      // The other hosts are aliases of the first one's records.
      configuration.deleteIn(['adopt', 'records', hosts[0], 'hetzner2']);
    });
    expect(objectsOf('lost', unprotected, removed).sort()).toEqual([
      'hcloud_primary_ip.hetzner2',
      'hcloud_server.hetzner2',
    ]);
  });

  test('is refused while a workload is pinned to the node', () => {
    const removed: Edit = (configuration) => configuration.deleteIn(['nodes', 'hetzner1']);
    expect(() => productionAfter(removed)).toThrow('hetzner1');
  });
});
