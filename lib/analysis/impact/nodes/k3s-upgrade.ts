import table from '../../../../imports/k3s/changes.json';
import type { Output } from '../../../documents/output';
import { helmValues } from '../../../kubernetes/helm-values';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { type K3sRelease, minorOf, newestOf, resolveK3s } from '../../../kubernetes/release/k3s-release';
import { upgradeProblem } from '../../../kubernetes/release/upgrade-path';
import { compareVersions } from '../../../kubernetes/release/version-range';
import { unservedKind } from '../../../kubernetes/schema/other-releases';
import { translateValues } from '../../../kubernetes/traefik/translate-values';
import { chartOfVersion } from '../../../kubernetes/traefik-chart';
import type { Consequence, ConsequenceClass } from '../consequence';
import type { Objects } from '../kubernetes/objects';
import { restartCommand, type ScriptedK3s, scriptedK3s } from './scripted-k3s';
import { concerns } from './upgrade-concerns';

/** An entry of `imports/k3s/changes.json`. */
interface ReleaseChange {
  readonly component: string;
  readonly since: string;
  readonly class: string;
  readonly concerns?: string;
  readonly text: string;
  readonly wayOut: string;
  readonly source: string;
}

/** The consequences of another k3s release on the nodes, with the objects that the release affects. */
export function k3sUpgrade(base: Output, head: Output, before: Objects, after: Objects): Consequence[] {
  const nodes = scriptedK3s(head);
  const old = new Map(scriptedK3s(base).map((each) => [each.node, each.version]));
  const changed = nodes.filter(({ node, version }) => (old.get(node) ?? version) !== version);
  const [first] = changed;
  if (first === undefined) return [];
  const [from, to] = [old.get(first.node) ?? '', first.version];
  const [source, target] = [resolveK3s(from)?.release, resolveK3s(to)?.release];
  const problem = upgradeProblem(from, to);
  const mixed = [...new Set(nodes.map(({ version }) => version))];
  return [
    ...(problem === undefined
      ? []
      : [describeConsequence('fails', `${from} -> ${to}: ${problem.message}`, problem.wayOut)]),
    ...(mixed.length < 2
      ? []
      : [
          describeConsequence(
            'fails',
            `The nodes would run ${mixed.join(' and ')}. Servers may have different minor versions only during an upgrade: the helm-controllers of both versions overwrite the charts of each other.`,
            'Set one release under k3s',
          ),
        ]),
    order(changed, from, to, source, target),
    ...olderParts(source, target),
    ...(source === undefined || target === undefined
      ? []
      : [...renamedValues(before, target), ...releaseChanges(source, target, head, after)]),
    ...unserved(after, to),
  ];
}

function describeConsequence(
  kind: ConsequenceClass,
  reason: string,
  wayOut: string,
  object = 'k3s',
): Consequence {
  return { class: kind, side: 'nodes', object, field: 'k3s_version', reason, wayOut };
}

function order(
  nodes: readonly ScriptedK3s[],
  from: string,
  to: string,
  source: K3sRelease | undefined,
  target: K3sRelease | undefined,
): Consequence {
  const names = (isAgent: boolean) =>
    nodes.flatMap((each) => (each.isAgent === isAgent ? [each.node] : [])).join(', ');
  const agents = names(true) === '' ? '' : `, then the agents (${names(true)})`;
  const bundled = source && target ? ` ${bundledChanges(source, target)}` : '';
  return describeConsequence(
    'restarts',
    `${from} -> ${to}: k3s restarts on the servers one at a time (${names(false)})${agents}. Pods continue to run; the API server of that node does not answer during the restart.${bundled} A downgrade is not possible: a cluster with data refuses an older k3s, and only a snapshot from before the upgrade can be restored (docs/restore.md).`,
    `npx honeydue upgrade --to ${to} prints every command. First: ssh ${nodes[0]?.node} sudo k3s etcd-snapshot save --name before-${to.replace('+', '-')}. Then on each node, one after the other: ${restartCommand(nodes[0]?.node ?? '')}`,
  );
}

function bundledChanges(source: K3sRelease, target: K3sRelease): string {
  const parts: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['Kubernetes', source.kubernetes, target.kubernetes],
    ['Traefik', source.traefik, target.traefik],
    ["Traefik's chart", source.chart, target.chart],
    ['Helm', source.helm, target.helm],
    ['helm-controller', source.helmController, target.helmController],
    ['etcd', source.etcd, target.etcd],
  ];
  const changes = parts.flatMap(([name, before, after]) =>
    before === after || before === undefined || after === undefined ? [] : [`${name} ${before} -> ${after}`],
  );
  return changes.length === 0 ? '' : `The release also changes: ${changes.join(', ')}.`;
}

/**
 * Bundled components that an upgrade downgrades. A release of a newer minor version can be older than the current
 * release: k3s publishes releases of several minor versions on the same day.
 */
function olderParts(source: K3sRelease | undefined, target: K3sRelease | undefined): Consequence[] {
  if (source === undefined || target === undefined || compareVersions(target.k3s, source.k3s) < 0) return [];
  const parts = (['traefik', 'chart', 'helm', 'helmController', 'etcd'] as const).flatMap((part) => {
    const [before, after] = [source[part], target[part]];
    const isOlder = before !== undefined && after !== undefined && compareVersions(after, before) < 0;
    return isOlder ? [`${nameOf(part)} ${before} -> ${after}`] : [];
  });
  if (parts.length === 0) return [];
  const newest = newestOf(minorOf(target.k3s))?.k3s;
  return [
    describeConsequence(
      'fails',
      `${target.k3s} bundles older versions than ${source.k3s}: ${parts.join(', ')}. None of these programs supports a downgrade.`,
      `Use a release that was published later, such as ${newest}`,
    ),
  ];
}

/** Values in use that the chart of the target release has renamed. */
function renamedValues({ manifests }: Objects, target: K3sRelease): Consequence[] {
  return manifests.of('HelmChartConfig').flatMap(({ object }) => {
    if (object.metadata.name !== 'traefik') return [];
    const { renamed } = translateValues(chartOfVersion(target.chart), helmValues(object) ?? {});
    if (renamed.length === 0) return [];
    const keys = renamed.map(({ from, to }) => `${from} -> ${to}`).join(', ');
    return [
      describeConsequence(
        'cut off',
        `Chart ${target.chart} renamed values that are in use: ${keys}. k3s does not validate values against the schema of the chart, so the chart ignores values with an old name, without an error, until the new values are applied.`,
        'Apply the new 1-traefik.k8s.yaml as soon as the last server runs the new release',
        describeObject(object),
      ),
    ];
  });
}

function releaseChanges(source: K3sRelease, target: K3sRelease, head: Output, after: Objects): Consequence[] {
  const changes: readonly ReleaseChange[] = table.changes;
  return changes.flatMap((change) => {
    const [old, now] = [versionOf(source, change.component), versionOf(target, change.component)];
    const isReached = now !== undefined && compareVersions(now, change.since) >= 0;
    if (!isReached || (old !== undefined && compareVersions(old, change.since) >= 0)) return [];
    const found = change.concerns === undefined ? ['k3s'] : concerns[change.concerns]?.(after, head);
    if (found === undefined)
      throw new Error(`imports/k3s/changes.json: no concern is called ${change.concerns}`);
    if (found.length === 0) return [];
    const named = change.concerns === undefined ? '' : ` Affected: ${listed(found)}.`;
    const reason = `${nameOf(change.component)} ${change.since}: ${change.text}${named}`;
    const kind = change.class === 'cut off' ? 'cut off' : 'in place';
    return [describeConsequence(kind, reason, change.wayOut)];
  });
}

function versionOf(release: K3sRelease, component: string): string | undefined {
  const { atLeast: _, ...versions } = release;
  const all: Readonly<Record<string, string | undefined>> = {
    ...versions,
    kubernetes: minorOf(release.kubernetes),
  };
  return all[component];
}

const names: Readonly<Record<string, string>> = {
  kubernetes: 'Kubernetes',
  traefik: 'Traefik',
  chart: "Traefik's chart",
  helm: 'Helm',
  helmController: 'helm-controller',
};

function nameOf(component: string): string {
  return names[component] ?? component;
}

function listed(found: readonly string[]): string {
  const more = found.length > 5 ? `, and ${found.length - 5} more` : '';
  return found.slice(0, 5).join(', ') + more;
}

/** Objects of kinds that the target no longer serves. */
function unserved({ manifests }: Objects, to: string): Consequence[] {
  return manifests.all.flatMap((object) => {
    const problem = unservedKind(object.apiVersion, object.kind, { kubernetes: minorOf(to) });
    return problem === undefined
      ? []
      : [
          describeConsequence(
            'fails',
            problem,
            'Use an apiVersion that the new release serves',
            describeObject(object),
          ),
        ];
  });
}
