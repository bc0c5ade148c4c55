import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { selectorLabels } from '../labels';
import { addAccount } from '../parts/account';
import {
  type Connectable,
  type Connection,
  type Destination,
  type Party,
  partyOf,
} from '../parts/connections';
import {
  type ConfigMapSource,
  readAnnotations,
  type SecretKey,
  secretKeyProblems,
} from '../parts/environment';
import { labelsOf, nameProblem, versionLabel } from '../parts/identity';
import { disruptionBudget } from '../parts/objects';
import { type ObjectPatches, patchObjects } from '../parts/patch';
import {
  type PodExtras,
  type PodProps,
  podContainer,
  podExtras,
  podProblems,
  podPropPaths,
  podTemplate,
} from '../parts/pod';
import { portProbe } from '../parts/probes';
import { madeFrom } from '../parts/provenance';
import type { Resources } from '../parts/resources';
import { replacedSoon } from '../parts/spread';
import { containerMounts, mountedVolumes } from '../parts/volumes';
import { refuse } from '../props-error';
import {
  clusterProblem,
  intervalProblem,
  type ScrapeTarget,
  scrapeConfig,
  targetProblems,
} from './scrape-config';
import {
  agentArguments,
  agentDirectories,
  agentPort,
  bufferBytes,
  bufferProblem,
  diskForBuffer,
  scrapeFile,
  urlProblem,
} from './vmagent';

export interface MetricsAgentProps extends PodExtras {
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'disruptionBudget' | 'serviceAccount'>;
  /** `victoriametrics/vmagent:…@sha256:…`. */
  readonly image: string;
  readonly resources: Resources;
  readonly targets: readonly ScrapeTarget[];
  readonly remoteWrite: {
    /** Where everything is sent, such as `https://metrics.example.com/api/v1/write`. */
    readonly url: string;
    /** The key of the Secret that holds the bearer token. A new token is read within minutes, without a restart. */
    readonly token: SecretKey;
  };
  /** The label `cluster` of everything that is sent. Alert rules and dashboards select by it. */
  readonly cluster: string;
  /** @default vmagent */
  readonly name?: string;
  /** The uid that it runs as. @default 65534, nobody: the image itself would run as root */
  readonly user?: number;
  /** @default the registry is asked without credentials */
  readonly imagePullSecret?: string;
  /** A PriorityClass of the cluster. @default the cluster's default */
  readonly priorityClass?: string;
  /** How often targets are scraped. @default 30s */
  readonly interval?: string;
  /**
   * How much is kept while the other end is away, after which the oldest is dropped; at least 512Mi. The node's disk
   * may hold up to 576Mi more.
   *
   * @default 1Gi: about a week of 2,000 series
   */
  readonly bufferSize?: string;
}

/**
 * A vmagent that scrapes pods and sends what it finds to a metrics server outside: Deployment, ConfigMap and
 * ServiceAccount. It finds the pods by DNS, so it needs no API token and no role.
 *
 * The buffer lives as long as the pod: a container that restarts finds it again, a replaced pod loses what was not sent.
 */
export class MetricsAgent extends Construct implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];
  readonly deployment: k8s.KubeDeployment;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  readonly serviceAccount: k8s.KubeServiceAccount;

  constructor(scope: Construct, id: string, props: MetricsAgentProps) {
    super(scope, id);
    const { name = 'vmagent', targets, cluster, interval = '30s', bufferSize } = props;
    refuse(this, props, [
      nameProblem(name),
      ...podProblems(props),
      ...secretKeyProblems(['remoteWrite', 'token'], props.remoteWrite.token),
      ...targetProblems(targets),
      urlProblem(props.remoteWrite.url),
      clusterProblem(cluster),
      intervalProblem(['interval'], interval),
      bufferProblem(bufferSize),
    ]);
    this.party = partyOf(name);
    const labels = labelsOf(this, name, 'metrics', props);
    const data = { [scrapeFile]: scrapeConfig(targets, cluster, interval) };
    this.serviceAccount = addAccount(this, name, labels);
    this.disruptionBudget = new k8s.KubePodDisruptionBudget(
      this,
      'disruption-budget',
      disruptionBudget(name, labels, { minAvailable: 0 }),
    );
    new k8s.KubeConfigMap(this, 'config', { metadata: { name, labels }, data });
    this.deployment = new k8s.KubeDeployment(
      this,
      'deployment',
      agentDeployment(name, labels, { name, data }, props),
    );
    patchObjects(this, props);
  }

  /** Lets the pods open connections to it. Takes effect by the NetworkPolicies that are given this workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

function agentDeployment(
  name: string,
  labels: Record<string, string>,
  config: ConfigMapSource,
  props: MetricsAgentProps,
): k8s.KubeDeploymentProps {
  const { url, token } = props.remoteWrite;
  const buffer = bufferBytes(props.bufferSize);
  const pod: PodProps = madeFrom(
    {
      image: props.image,
      resources: props.resources,
      user: props.user ?? 65_534,
      files: { token: { ...token, directory: agentDirectories.token } },
      scratch: { buffer: { directory: agentDirectories.buffer, sizeLimit: diskForBuffer(buffer) } },
      ...(props.imagePullSecret !== undefined && { imagePullSecret: props.imagePullSecret }),
      ...(props.priorityClass !== undefined && { priorityClass: props.priorityClass }),
      ...podExtras(props),
    },
    props,
    { ...podPropPaths, files: ['remoteWrite', 'token'], scratch: ['bufferSize'] },
  );
  const main = podContainer(name, pod, {
    args: agentArguments({ url, buffer, tokenFile: `${agentDirectories.token}/${token.key}` }),
    ports: [{ containerPort: agentPort }],
    readinessProbe: portProbe(agentPort, { path: '/health', periodSeconds: 10, timeoutSeconds: 5 }),
    livenessProbe: portProbe(agentPort, { periodSeconds: 30, timeoutSeconds: 10 }),
    volumeMounts: [
      { name: 'config', mountPath: agentDirectories.config, readOnly: true },
      ...containerMounts(pod),
    ],
  });
  const template = podTemplate(name, labels, pod, [main], {
    tolerations: replacedSoon(),
    volumes: [{ name: 'config', configMap: { name: config.name } }, ...mountedVolumes(pod)],
  });
  const annotations = { ...template.metadata?.annotations, ...readAnnotations({ envFrom: [config] }) };
  return {
    metadata: { name, labels: { ...labels, ...versionLabel(props.image) } },
    spec: {
      replicas: 1,
      // Two agents would send each series twice, out of order; the gap of a rollout is shorter than any alert waits.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorLabels(name) },
      template: { ...template, metadata: { ...template.metadata, annotations } },
    },
  };
}
