import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { freePort } from '../../../support/free-port';
import { ApiClient } from './api-client';
import { type Program, programDirectory } from './build';
import { pinnedKubernetes } from './versions';

/** etcd, the API server, the controllers and the scheduler, on loopback. No kubelet: `SimulatedNodes` are the nodes. */
export interface ControlPlane {
  readonly api: ApiClient;
  readonly kubeconfig: string;
  readonly kubectl: string;
  /** Ends the processes and removes all that they wrote. */
  stop(): Promise<void>;
}

/** k3s' range of Services. */
const serviceRange = '10.43.0.0/16';
/** k3s' range of pods. */
const podRange = '10.42.0.0/16';

/** So long a node may be silent before it is not ready: 50 s by default, here short, so that a loss is noticed soon. */
const nodeMonitorGrace = '8s';

/** @throws Error with the end of its log if a program does not come up */
export async function startControlPlane(): Promise<ControlPlane> {
  const directory = mkdtempSync(join(tmpdir(), 'honeydue-cluster-'));
  const programs = programDirectory(pinnedKubernetes());
  const processes = new Processes(programs, directory);
  let api: ApiClient | undefined;
  const stop = async () => {
    api?.close();
    await processes.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const [client, peer, server, controllers, scheduler] = await freePorts(5);
    const keys = writeKeys(directory);
    processes.start('etcd', etcdFlags(directory, Number(client), Number(peer)));
    processes.start('kube-apiserver', serverFlags(directory, Number(client), Number(server)));
    const certificate = join(directory, 'apiserver.crt');
    await until('kube-apiserver has a certificate', processes, () => existsSync(certificate));
    const authority = readFileSync(certificate, 'utf8');
    api = new ApiClient({ port: Number(server), token: keys.token, authority });
    const ready = api;
    await until('kube-apiserver is ready', processes, async () => (await statusOf(ready, '/readyz')) === 200);
    const kubeconfig = writeKubeconfig(directory, Number(server), keys.token);
    processes.start('kube-controller-manager', controllerFlags(directory, kubeconfig, Number(controllers)));
    processes.start('kube-scheduler', schedulerFlags(kubeconfig, Number(scheduler)));
    // Pods are refused until the controllers have made the account of their namespace.
    const account = '/api/v1/namespaces/default/serviceaccounts/default';
    await until('the controllers run', processes, async () => (await statusOf(ready, account)) === 200);
    return { api, kubeconfig, kubectl: join(programs, 'kubectl'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) found.add(await freePort());
  return [...found];
}

async function statusOf(api: ApiClient, path: string): Promise<number> {
  const { status } = await api.send('GET', path).catch(() => ({ status: 0 }));
  return status;
}

/** A token of an administrator, and the key pair by which the server signs those of service accounts. */
function writeKeys(directory: string): { readonly token: string } {
  const token = randomBytes(16).toString('hex');
  writeFileSync(join(directory, 'tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(join(directory, 'accounts.key'), privateKey, { mode: 0o600 });
  writeFileSync(join(directory, 'accounts.pub'), publicKey);
  return { token };
}

function writeKubeconfig(directory: string, port: number, token: string): string {
  const path = join(directory, 'kubeconfig');
  const server = `https://127.0.0.1:${port}`;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'lane', cluster: { server, 'certificate-authority': join(directory, 'apiserver.crt') } },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'lane', context: { cluster: 'lane', user: 'admin' } }],
    'current-context': 'lane',
  };
  writeFileSync(path, stringify(config), { mode: 0o600 });
  return path;
}

function etcdFlags(directory: string, client: number, peer: number): string[] {
  const [clients, peers] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  return [
    `--data-dir=${join(directory, 'etcd')}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}

/** Without a certificate the server makes one for the address that it binds to, and its authority. */
function serverFlags(directory: string, etcd: number, port: number): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${directory}`,
    `--token-auth-file=${join(directory, 'tokens.csv')}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${join(directory, 'accounts.pub')}`,
    `--service-account-signing-key-file=${join(directory, 'accounts.key')}`,
    `--service-cluster-ip-range=${serviceRange}`,
    '--allow-privileged=true',
    '--endpoint-reconciler-type=none',
    // 300 s by default: here as short as what production states, so that a loss is played in a minute.
    '--default-not-ready-toleration-seconds=30',
    '--default-unreachable-toleration-seconds=30',
  ];
}

function controllerFlags(directory: string, kubeconfig: string, port: number): string[] {
  return [
    ...componentFlags(kubeconfig, port),
    `--service-account-private-key-file=${join(directory, 'accounts.key')}`,
    `--root-ca-file=${join(directory, 'apiserver.crt')}`,
    '--allocate-node-cidrs=true',
    `--cluster-cidr=${podRange}`,
    `--service-cluster-ip-range=${serviceRange}`,
    `--node-monitor-grace-period=${nodeMonitorGrace}`,
    '--node-monitor-period=1s',
    '--pvclaimbinder-sync-period=1s',
  ];
}

function schedulerFlags(kubeconfig: string, port: number): string[] {
  return componentFlags(kubeconfig, port);
}

function componentFlags(kubeconfig: string, port: number): string[] {
  return [
    ...['--kubeconfig', '--authentication-kubeconfig', '--authorization-kubeconfig'].map(
      (flag) => `${flag}=${kubeconfig}`,
    ),
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    '--leader-elect=false',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ];
}

class Processes {
  private readonly running = new Map<Program, ChildProcess>();

  constructor(
    private readonly programs: string,
    private readonly directory: string,
  ) {}

  start(program: Program, flags: readonly string[]): void {
    const log = openSync(this.logOf(program), 'w');
    // It ends with the lane, even if the lane is killed.
    const command = ['--pdeathsig=KILL', join(this.programs, program), ...flags];
    const child = spawn('setpriv', command, { stdio: ['ignore', log, log] });
    closeSync(log);
    // A program that can't be started has exited: `failed` says so.
    child.on('error', () => {});
    this.running.set(program, child);
  }

  /** The programs that ended, with the end of their logs; empty while all run. */
  failed(): string[] {
    return [...this.running]
      .filter(
        ([, { exitCode, signalCode, pid }]) => pid === undefined || exitCode !== null || signalCode !== null,
      )
      .map(([program]) => `${program} ended: ${readFileSync(this.logOf(program), 'utf8').slice(-2000)}`);
  }

  /** The controllers and the API server before etcd, without which they only wait. */
  async stop(): Promise<void> {
    for (const [, child] of [...this.running].reverse()) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
  }

  private logOf(program: Program): string {
    return join(this.directory, `${program}.log`);
  }
}

/** Two busy cores need about twenty seconds. */
const startTimeout = 180_000;

async function until(
  what: string,
  processes: Processes,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + startTimeout;
  while (!(await isSo())) {
    const failed = processes.failed();
    if (failed.length > 0) throw new Error(failed.join('\n'));
    if (Date.now() > end) throw new Error(`not within ${startTimeout / 1000} s: ${what}`);
    await sleep(100);
  }
}
