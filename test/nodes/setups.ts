import type { NodePeer, NodeSetup } from '../../lib/nodes/node-setup';
import type { NodeProps } from '../../lib/nodes/props';
import { nodeScript } from '../../lib/nodes/script';
import { nodeSetup } from '../../lib/nodes/setup';

export const key = `ssh-ed25519 ${'A'.repeat(68)} operator`;

/** The first of two servers of a cluster that runs. */
export const nodeProps: NodeProps = {
  name: 'first',
  hostname: 'first.example.com',
  address: '84.20.10.1',
  architecture: 'amd64',
  role: 'server',
  k3sVersion: 'v1.34.6+k3s1',
  k3sSha256: undefined,
  labels: { 'shop/redis': 'true' },
  access: { user: 'deploy', authorizedKeys: [key], sshPorts: [22], networks: ['84.30.0.0/24'] },
  cluster: {
    nodeAddress: '84.20.10.1',
    peers: [peer('second', '84.20.10.2')],
    join: '84.20.10.2',
    firstNode: 'first',
    podCidr: '10.42.0.0/16',
    serviceCidr: '10.43.0.0/16',
    flannelBackend: 'vxlan',
    secretsEncryption: false,
    embeddedRegistry: false,
    metricsPorts: [9101, 9102],
    registry: { host: 'registry.example.com', user: 'puller' },
    snapshots: { schedule: '0 */6 * * *', retention: 28, s3Secret: 'snapshots' },
    reserved: { system: { cpu: '100m', memory: '256Mi' }, kubernetes: { cpu: '250m', memory: '1Gi' } },
  },
  cloudflareRanges: ['173.245.48.0/20', '2400:cb00::/32'],
  unresolved: [],
};

/** Another node. */
export function peer(name: string, address: string, role: NodePeer['role'] = 'server'): NodePeer {
  return { name, address, role };
}

type Changes = Partial<Omit<NodeProps, 'access' | 'cluster'>> & {
  access?: Partial<NodeProps['access']>;
  cluster?: Partial<NodeProps['cluster']>;
};

function setupOf(changes: Changes): NodeSetup {
  const access = { ...nodeProps.access, ...changes.access };
  const cluster = { ...nodeProps.cluster, ...changes.cluster };
  return nodeSetup({ ...nodeProps, ...changes, access, cluster });
}

/** The script of a node that differs from `nodeProps` in these. */
export function scriptOf(changes: Changes = {}): string {
  return nodeScript(setupOf(changes));
}

/** The part of it that is about logging on, and k3s. It says the same, and sooner. */
export function accessScriptOf(changes: Changes = {}): string {
  const setup = setupOf(changes);
  const files = setup.files.filter(({ path }) => /ssh|sudoers/.test(path));
  return nodeScript({ ...setup, packages: [], files, sysctls: {}, units: [] });
}

/** The part of it that is about k3s. */
export function k3sScriptOf(changes: Changes = {}): string {
  const setup = setupOf(changes);
  const files = setup.files.filter(({ path }) => path.includes('/sshd_config.d/'));
  return nodeScript({ ...setup, packages: [], files, sysctls: {}, units: [] });
}
