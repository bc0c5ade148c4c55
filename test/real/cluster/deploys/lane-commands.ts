import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesize } from '../../../../lib/cli/synthesize';
import { clusterNodes } from '../../../../lib/deployment/config/cluster-nodes';
import { neededSecretsOf } from '../../../../lib/operations/plan/needed-secrets';
import { type Run, runLiveIn } from '../../../support/command';
import type { PodFault } from '../nodes/pod-faults';
import { type Cluster, startCluster } from '../servers/cluster';
import { kubectlOrThrow } from '../servers/kubectl';
import { LaneProject } from './lane-project';

/** The commands of an operator, against a cluster that has the Secrets and nothing else. */
export class LaneCommands {
  private constructor(
    readonly project: LaneProject,
    readonly cluster: Cluster,
  ) {}

  static async start(): Promise<LaneCommands> {
    const project = new LaneProject();
    project.commit('the first configuration');
    const { model, documents } = synthesize(project.config);
    const cluster = await startCluster(clusterNodes(model));
    process.env['KUBECONFIG'] = cluster.kubeconfig;
    process.env['PATH'] = `${dirname(cluster.kubectl)}:${process.env['PATH']}`;
    await kubectlOrThrow(cluster, ['create', 'namespace', model.namespace]);
    const items = neededSecretsOf(documents.map(({ object }) => object)).map(({ namespace, name, keys }) => ({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } },
      stringData: Object.fromEntries([...keys.keys()].map((key) => [key, 'unknown'])),
    }));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    await kubectlOrThrow(cluster, ['apply', '-f', '-'], list);
    return new LaneCommands(project, cluster);
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
    this.project.remove();
  }

  run(command: string, ...args: string[]): Promise<Run> {
    return runLiveIn(this.project.root, command, '--config', this.project.config, ...args);
  }

  /** `deploy` in a process of its own. */
  start(...args: string[]) {
    const words = ['bin/honeydue.mjs', 'deploy', '--config', this.project.config, '--yes', ...args];
    const child: ChildProcess = spawn(process.execPath, words, { cwd: this.project.root, env: process.env });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
    const ended = new Promise<{ status: number | null; text: string }>((resolve) => {
      child.on('close', (status) => resolve({ status, text }));
    });
    return { pid: child.pid, ended, kill: () => child.kill('SIGKILL') };
  }

  /** Waits until a process holds the lock. */
  async untilLockedBy(pid: number | undefined): Promise<void> {
    const lease = ['get', 'lease', 'honeydue-deployment', '-n', 'kube-system', '--ignore-not-found'];
    for (let attempt = 0; attempt < 150; attempt += 1) {
      const holder = await kubectlOrThrow(this.cluster, [...lease, '-o', 'jsonpath={.spec.holderIdentity}']);
      if (holder.includes(`process ${pid})`)) return;
      await sleep(200);
    }
    throw new Error(`process ${pid} takes no lock`);
  }

  /** Gives the pods of web another mark: they are replaced, and nothing else is. */
  mark(value: string): void {
    const web = /(kind: WebService\n {4}image: web\n[\s\S]*?HOSTNAME: 0\.0\.0\.0\n)( {6}MARK: .*\n)?/;
    this.project.edit(web, `$1      MARK: "${value}"\n`);
  }

  /** The mark of the pods that web describes in the cluster; empty before the first. */
  async liveMark(): Promise<string> {
    const path = '{.spec.template.spec.containers[0].env[?(@.name=="MARK")].value}';
    const web = ['get', 'deployment', 'web', '-n', 'honeydue', '-o', `jsonpath=${path}`];
    return kubectlOrThrow(this.cluster, web);
  }

  /** From now on something goes wrong with the pods of a mark. */
  breakPods(mark: string, fault: PodFault): void {
    this.cluster.nodes.faultOf = ({ spec }) =>
      spec.containers?.[0]?.env?.some(({ value }) => value === mark) ? [fault, 'not found'] : undefined;
  }

  /** Nothing goes wrong any more, and web's pods are made anew. */
  async mendPods(): Promise<void> {
    this.cluster.nodes.faultOf = () => undefined;
    const pods = ['delete', 'pod', '-n', 'honeydue', '-l', 'app.kubernetes.io/name=web', '--wait=false'];
    await kubectlOrThrow(this.cluster, pods);
  }
}
