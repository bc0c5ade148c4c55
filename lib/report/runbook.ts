import type { Consequence } from '../analysis/impact/consequence';
import { restartCommand, type ScriptedK3s } from '../analysis/impact/nodes/scripted-k3s';
import { wrap } from './wrap';

/** The content of the runbook for an upgrade of k3s. */
export interface RehearsedUpgrade {
  readonly from: string;
  readonly to: string;
  /** The path of the configuration file. */
  readonly config: string;
  /** Servers before agents. */
  readonly nodes: readonly ScriptedK3s[];
  /** The architectures for which the configuration has no hash of the new release. */
  readonly unpinned: readonly ('amd64' | 'arm64')[];
  /** The effects of the upgrade on the objects of this cluster, worst first. */
  readonly consequences: readonly Consequence[];
  /** Sentences about the new release, and about settings that it makes unnecessary. */
  readonly notes: readonly string[];
}

/** Prints the runbook as Markdown: all commands in order, with the names of this cluster. */
export function runbook(upgrade: RehearsedUpgrade, width = 100): string {
  const { from, to, nodes } = upgrade;
  const servers = nodes.filter(({ isAgent }) => !isAgent);
  const agents = nodes.filter(({ isAgent }) => isAgent);
  const parts = [
    `# k3s ${from} -> ${to}`,
    'This page was written without access to the cluster, and assumes that the cluster matches the configuration. Each step must succeed before the next one.',
    section('What changes', changes(upgrade, width)),
    section('1. Before', before(upgrade, servers)),
    section('2. Set the release', statement(upgrade)),
    section(
      `3. The servers, one at a time: ${servers.map(({ node }) => node).join(', ')}`,
      [
        '`--check` exits with 1 and prints the differences. These must be only the differences of the upgrade. The restart waits until every member of etcd is healthy again.',
        ...servers.map((node) => upgradeOf(node, to)),
      ].join('\n\n'),
    ),
    ...(agents.length === 0
      ? []
      : [
          section(
            `4. The agents, after every server: ${agents.map(({ node }) => node).join(', ')}`,
            agents.map((node) => upgradeOf(node, to)).join('\n\n'),
          ),
        ]),
    section(`${agents.length === 0 ? 4 : 5}. After the last node`, after()),
    section('Rollback', wayBack(upgrade, servers)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}

function shell(...lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}

function changes({ consequences, notes }: RehearsedUpgrade, width: number): string {
  const items = consequences.map(({ class: kind, field, object, reason, wayOut }) => {
    // The fix for the restarts is left out, because it is the runbook itself.
    const isOrder = kind === 'restarts' && field === 'k3s_version';
    return `${object}: ${reason}${wayOut === '' || isOrder ? '' : ` -> ${wayOut}.`}`;
  });
  return [...notes, ...items]
    .map((item) => {
      const [first = '', ...more] = wrap(item, width - 2, '');
      return [`- ${first}`, ...more.map((line) => `  ${line}`)].join('\n');
    })
    .join('\n');
}

function before({ to, nodes }: RehearsedUpgrade, servers: readonly ScriptedK3s[]): string {
  const names = nodes.map(({ node }) => node).join(' ');
  const [first] = servers;
  const at = first?.node ?? '';
  return [
    'Every node must be Ready, run the same release and have cgroup v2 (cgroup2fs). No Job of Helm may have failed.',
    shell(
      'kubectl get nodes',
      'kubectl get jobs -n kube-system',
      `for node in ${names}; do ssh "$node" 'k3s --version | head -n 1; stat -fc %T /sys/fs/cgroup; df -h /var/lib/rancher | tail -n 1'; done`,
    ),
    'After the upgrade, only a snapshot of etcd can be restored. A restore needs the token of the cluster: keep a copy of the token outside the nodes.',
    shell(
      `ssh ${at} sudo k3s etcd-snapshot save --name before-${to.replace('+', '-')}`,
      `ssh ${at} sudo k3s etcd-snapshot ls`,
      `ssh ${at} sudo test -s /var/lib/rancher/k3s/server/token`,
    ),
  ].join('\n\n');
}

function statement({ from, to, config, unpinned }: RehearsedUpgrade): string {
  const hashes = unpinned.map((architecture) => {
    const asset = architecture === 'arm64' ? 'k3s-arm64' : 'k3s';
    return `curl -fsSL https://github.com/k3s-io/k3s/releases/download/${to}/sha256sum-${architecture}.txt | grep ' ${asset}$'`;
  });
  return [
    `In ${config} write \`k3s: ${to}\` in place of \`k3s: ${from}\`.${hashes.length === 0 ? '' : ' Add the hashes that these commands print to `k3sSha256`.'}`,
    shell(...hashes, 'npm run synth', 'npx honeydue impact --base HEAD'),
    'Do not apply the manifests yet: they are for the new release.',
  ].join('\n\n');
}

function upgradeOf({ node, hostname }: ScriptedK3s, to: string): string {
  return shell(
    `ssh ${node} sudo bash -s -- --check < dist/nodes/${node}.sh`,
    restartCommand(node),
    `kubectl wait --for=condition=Ready node/${hostname} --timeout=10m`,
    `test "$(kubectl get node ${hostname} -o jsonpath='{.status.nodeInfo.kubeletVersion}')" = ${to}`,
  );
}

function after(): string {
  return [
    "k3s upgrades Traefik's chart when the servers have restarted. Do not pause between the servers: the helm-controllers of both releases overwrite each other's charts.",
    shell(
      'kubectl wait --for=condition=Complete job/helm-install-traefik-crd job/helm-install-traefik -n kube-system --timeout=10m',
      'kubectl rollout status daemonset/traefik -n kube-system --timeout=15m',
    ),
    'Then apply the manifests of the new release (docs/deploy.md) and check what users see: the access log has a line for a new request, and port 80 is refused.',
    shell(
      'kubectl diff -f dist/',
      'kubectl apply -f dist/',
      'kubectl rollout status daemonset/traefik -n kube-system --timeout=15m',
      'kubectl logs -n kube-system daemonset/traefik --tail=3',
    ),
  ].join('\n\n');
}

function wayBack({ from }: RehearsedUpgrade, servers: readonly ScriptedK3s[]): string {
  return [
    `Only the snapshot can be restored: the script refuses to install an older k3s on a node with data. Commit the configuration with \`k3s: ${from}\`, synthesize, and restore etcd from the snapshot, on ${servers[0]?.node} first (docs/restore.md). Changes made after the snapshot are lost.`,
    `If the upgrade was interrupted, run the same command on the same node again. Servers may have two minor versions only during the upgrade.`,
  ].join('\n\n');
}
