import { sshdInForce } from './access';
import { rangesTimer, rangesUnit } from './cloudflare-ranges';
import { accessEngine } from './engine/access';
import { agentEngine } from './engine/agent';
import { firewallEngine } from './engine/firewall';
import { firstBootEngine } from './engine/first-boot';
import { k3sEngine } from './engine/k3s';
import { restoreEngine } from './engine/restore';
import { runEngine } from './engine/run';
import { startEngine } from './engine/start';
import { systemEngine } from './engine/system';
import { ufwRule } from './firewall';
import { metadataTable, metadataUnit } from './metadata';
import type { NodeFile, NodeRole, NodeSetup } from './node-setup';

/**
 * A node's script: the table of what is to be, and the engine that makes it so. It holds no secret.
 *
 * @throws RangeError for a file whose text would end the here-document that it stands in
 */
export function nodeScript(setup: NodeSetup): string {
  return [
    header(setup),
    guards(setup),
    table(setup),
    '\n# --- The engine ---\n',
    ...[runEngine, firstBootEngine, accessEngine, firewallEngine, systemEngine, k3sEngine, startEngine],
    setup.k3s.role === 'server' ? restoreEngine : agentEngine,
    '\nmain "$@"\n',
  ].join('');
}

function header({ name, hostname, unresolved, k3s }: NodeSetup): string {
  return `#!/bin/bash
# ${name} (${hostname}): what this node is to be, and below it the engine that makes it so.
#
#   sudo bash ${name}.sh --check    prints what differs, and changes nothing
#   sudo bash ${name}.sh            makes it so; k3s restarts only with --restart-k3s
#   sudo bash ${name}.sh --help     says the rest
#
# Made by \`npm run synth\` from the configuration: change that, not this.
${unresolved.length === 0 ? '' : `#\n# UNRESOLVED: this changes nothing before these are known.\n`}${unresolved
  .map(({ path, find }) => `#   ${path}: ${find}\n`)
  .join('')}set -Eeuo pipefail
export LC_ALL=C

name=${quote(name)}
hostname=${quote(hostname)}
k3s_unit=${k3s.role === 'server' ? 'k3s' : 'k3s-agent'}.service
k3s_data=${data[k3s.role]} # there, k3s has joined
k3s_version=${quote(k3s.version)}
k3s_architecture=${k3s.architecture}
k3s_sha256=${k3s.sha256 ?? "'' # not pinned: the checksum file of the release is used"}
k3s_address=${quote(k3s.address)}
k3s_join=${quote(k3s.join ?? '')} # the server to join; without one this node initialises a new cluster
k3s_first=${quote(k3s.firstNode)} # the server that the others join
k3s_servers=${quote(k3s.servers.map((server) => `${server.name}=${server.address}`).join(' '))} # the other ones
k3s_flannel_backend=${k3s.flannelBackend}
k3s_secrets_encryption=${k3s.secretsEncryption}
`;
}

/** What k3s has as soon as it joined or initialised a cluster. */
const data: Readonly<Record<NodeRole, string>> = {
  server: '/var/lib/rancher/k3s/server/db/etcd/member/wal',
  agent: '/var/lib/rancher/k3s/agent/client-kubelet.crt',
};

/** What must hold before anything is changed. */
function guards({ hostname, account, ssh, units, k3s, unresolved }: NodeSetup): string {
  const secrets = k3s.files.some(({ text }) => text.includes('@secret:registry-password@'));
  return `
# --- What must hold first ---

describe_guards() {
${block([
  `machine ${quote(hostname)}`,
  ...unresolved.map(({ path, find }) => `unresolved ${quote(path)} ${quote(find)}`),
  hereDocument(
    `logged_on_over ${quote(ssh.ports.join(' '))}`,
    (ssh.networks ?? []).map((each) => `${each}\n`).join(''),
  ),
  ...(account.authorizedKeys === undefined
    ? []
    : [
        hereDocument(`keeps_a_key ${account.name}`, account.authorizedKeys.map((key) => `${key}\n`).join('')),
      ]),
  'guard_firewall',
  `guard_units ${[...units, k3s.role === 'server' ? 'k3s.service' : 'k3s-agent.service'].join(' ')}`,
  k3s.role === 'server' ? 'guard_k3s' : 'guard_agent',
  'token',
  ...(secrets ? [`secret registry-password ${quote('the password by which images are pulled')}`] : []),
  ...(k3s.role === 'server' ? ['guard_restore'] : []),
])}}
`;
}

function table(setup: NodeSetup): string {
  const { packages, account, ssh, files, sysctls, units, firewall, k3s } = setup;
  return `
# --- What is to be ---

describe() {
${block([
  `package ${packages.join(' ')}`,
  `account ${account.name}`,
  ...files.map((file) => hereDocument(fileLine(file), file.text)),
  ...firewall.map((rule) => `rule ${quote(rule.purpose)} ${quote(ufwRule(rule))}`),
  'firewall',
  'settle',
  ...['root', account.name].map((user) => hereDocument(`sshd_in_force ${user}`, sshdInForce(ssh.ports))),
  `listens ${ssh.ports.join(' ')}`,
  ...Object.entries(sysctls).map(([key, value]) => `kernel ${key} ${value}`),
  ...units.map((unit) => `unit ${unit}`),
  `nftables ${metadataTable} ${metadataUnit}`,
  ...(units.includes(rangesTimer)
    ? [
        `succeeded ${rangesUnit} ${quote(`Cloudflare's ranges may have changed; journalctl -u ${rangesUnit} says how`)}`,
      ]
    : []),
  'clock',
  'node_address',
  ...k3s.files.map((file) => hereDocument(`k3s_file ${file.mode} ${file.path}`, file.text)),
  `k3s_${k3s.role}`,
  ...Object.entries(k3s.labels).map(
    ([key, value]) => `${k3s.role === 'server' ? 'label' : 'agent_label'} ${quote(key)} ${quote(value)}`,
  ),
  ...(k3s.role === 'server' ? [`bucket ${quote(k3s.bucket.secret)} ${k3s.bucket.retention}`] : []),
])}}
`;
}

function fileLine({ path, mode, owner = 'root', after, validate }: NodeFile): string {
  const options = [after ?? '', ...(validate === undefined ? [] : [validate])];
  const shown = options.join('') === '' ? [] : options.map(quote);
  return ['file', mode, `${owner}:${owner}`, path, ...shown].join(' ');
}

const end = 'END';

function hereDocument(command: string, text: string): string {
  if (text.split('\n').includes(end)) {
    throw new RangeError(`${command}: the text has a line that is ${end}, which ends it in the script`);
  }
  return `${command} <<'${end}'\n${text}${end}`;
}

/** Commands stand indented; the lines of a here-document can't. */
function block(commands: readonly string[]): string {
  return commands.map((command) => `  ${command}\n`).join('');
}

function quote(text: string): string {
  return /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
