import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examine, type Synthesis } from '../../../lib/cli/synthesize';
import { drillFacts } from '../../../lib/deployment/checks/drill-facts';
import { describeObject } from '../../../lib/kubernetes/objects/object-key';
import { root } from '../../support/configuration';
import { withResolvedConfiguration } from '../../support/resolved';
import { type Cluster, manifestsOf, startCluster } from './servers/cluster';
import { kubectl, kubectlOrThrow } from './servers/kubectl';
import { laneK3s } from './servers/versions';

/** Of the lane's minor version; where that is another than production's, an acknowledgement may meet nothing. */
const production: Synthesis = withResolvedConfiguration((path) =>
  examine(path, undefined, { k3s: laneK3s() }),
);
const objects = production.documents.map(({ object }) => object);
const manifests = manifestsOf(production);

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster(drillFacts(production.model).nodes);
});

afterAll(() => cluster?.stop());

const apply = ['apply', '--validate=strict', '--warnings-as-errors', '-f', '-'];

test('no rule is broken on this release', () => {
  expect(production.report.open.map(({ rule, object }) => `${rule.id} ${object}`)).toEqual([]);
});

test('every value of the applied production is known', () => {
  expect(production.model.unresolved).toEqual([]);
});

test('the API server accepts every object, strictly and without a warning', async () => {
  const { status, stdout, stderr } = await kubectl(cluster, apply, manifests);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n')).toHaveLength(objects.length);
});

test('a second apply changes nothing', async () => {
  const before = await versions();
  await kubectlOrThrow(cluster, apply, manifests);
  expect(await versions()).toEqual(before);
});

/** The commands of the runbooks that read. Their time limit is shorter here: the lane has no Traefik to wait for. */
const runbookCommands = new Set(
  ['1.35', '1.36'].flatMap((minor) => {
    const runbook = readFileSync(join(root, 'docs', 'tasks', 'upgrade-k3s', `${minor}.md`), 'utf8');
    return Array.from(
      runbook.matchAll(/^(?:test "\$\()?kubectl ((?:get|wait|rollout status|logs) .*?)(?:\)" = .*)?$/gm),
      ([, words = '']) => words.replace(/--timeout=\S+/, '--timeout=1s').replaceAll("'", ''),
    );
  }),
);

test('kubectl accepts the commands of the runbooks', async () => {
  const ends = await Promise.all(
    [...runbookCommands].map(async (words) => {
      const { status, stderr } = await kubectl(cluster, words.split(' '));
      return `${words}: ${status} ${stderr.trim()}`;
    }),
  );
  expect(ends.length).toBeGreaterThan(6);
  expect(ends.filter((end) => !/: 0 |NotFound|not found|No resources found|timed out/.test(end))).toEqual([]);
});

/** What each object is, but for what the controllers write: its generation, or its version where it has none. */
async function versions(): Promise<Record<string, unknown>> {
  const text = await kubectlOrThrow(cluster, ['get', '-f', '-', '-o', 'json'], manifests);
  const { items } = JSON.parse(text) as { items: (typeof objects)[number][] };
  return Object.fromEntries(
    items.map((object) => {
      const { generation, resourceVersion } = object.metadata;
      return [describeObject(object), generation ?? resourceVersion];
    }),
  );
}
