import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { selectorLabels } from '../labels';
import { ConnectableWorkload } from '../parts/connectable-workload';
import {
  type ConfigMapSource,
  readAnnotations,
  type SecretKey,
  secretKeyProblems,
} from '../parts/environment';
import { versionLabel } from '../parts/identity';
import { addDisruptionBudget } from '../parts/objects';
import { type ObjectPatches, patchObjects } from '../parts/patch';
import {
  type PodExtras,
  type PodProps,
  podContainer,
  podExtras,
  podProblems,
  podPropPaths,
  podTemplate,
  requiredPodProps,
} from '../parts/pod';
import { portProbe } from '../parts/probes';
import { madeFrom } from '../parts/provenance';
import type { Resources } from '../parts/resources';
import { replacedSoon } from '../parts/spread';
import { containerMounts, mountedVolumes } from '../parts/volumes';
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
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'disruptionBudget' | 'serviceAccount'>;
  /** `victoriametrics/vmagent:…@sha256:…`. */
  readonly image: string;
  readonly resources: Resources;
  readonly targets: readonly ScrapeTarget[];
  readonly remoteWrite: {
    /** The URL to which all metrics are sent, such as `https://metrics.example.com/api/v1/write`. */
    readonly url: string;
    /** The key of the Secret that holds the bearer token. A new token is read within minutes, without a restart. */
    readonly token: SecretKey;
  };
  /** The value of the label `cluster` on all metrics. Alert rules and dashboards select by this label. */
  readonly cluster: string;
  /** @default vmagent */
  readonly name?: string;
  /** The uid of the container. @default 65534 (nobody), because the image's own user is root */
  readonly user?: number;
  /** @default images are pulled without credentials */
  readonly imagePullSecret?: string;
  /** The name of an existing PriorityClass. @default the cluster's default PriorityClass */
  readonly priorityClass?: string;
  /** How often targets are scraped. @default 30s */
  readonly interval?: string;
  /**
   * The size of the buffer that keeps metrics while the server is down; at least 512Mi. A full buffer drops
   * its oldest metrics. On the node's disk, the buffer can use 576Mi more than this size.
   *
   * @default 1Gi: the metrics of about a week for 2,000 series
   */
  readonly bufferSize?: string;
}

/**
 * A vmagent that scrapes pods and sends the metrics to an external server: Deployment, ConfigMap and
 * ServiceAccount. vmagent finds the pods by DNS, so it needs no API token and no Role.
 *
 * The buffer survives a restart of the container, but is deleted with the pod: metrics that were not sent are
 * then lost.
 */
export class MetricsAgent extends ConnectableWorkload {
  readonly deployment: k8s.KubeDeployment;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;

  constructor(scope: Construct, id: string, props: MetricsAgentProps) {
    const { name = 'vmagent', targets, cluster, interval = defaultInterval } = props;
    super(scope, id, props, {
      name,
      component: 'metrics',
      required: requiredAgentProps,
      problems: () => problems(props),
    });
    const { labels } = this;
    const data = { [scrapeFile]: scrapeConfig(targets, cluster, interval) };
    this.disruptionBudget = addDisruptionBudget(this, name, labels, { minAvailable: 0 });
    new k8s.KubeConfigMap(this, 'config', { metadata: { name, labels }, data });
    this.deployment = new k8s.KubeDeployment(
      this,
      'deployment',
      agentDeployment(name, labels, { name, data }, props),
    );
    patchObjects(this, props);
  }
}

const requiredAgentProps = [
  ...requiredPodProps,
  ...['targets', 'cluster', 'remoteWrite.url', 'remoteWrite.token.secret.name', 'remoteWrite.token.key'],
];

const defaultInterval = '30s';

function problems(props: MetricsAgentProps) {
  const { remoteWrite, targets, cluster, interval = defaultInterval, bufferSize } = props;
  return [
    ...podProblems(props),
    ...secretKeyProblems(['remoteWrite', 'token'], remoteWrite.token),
    ...targetProblems(targets),
    urlProblem(remoteWrite.url),
    clusterProblem(cluster),
    intervalProblem(['interval'], interval),
    bufferProblem(bufferSize),
  ];
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
      // Two agents would send each series twice, out of order. The downtime during a rollout is shorter than
      // the `for` of every alert.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorLabels(name) },
      template: { ...template, metadata: { ...template.metadata, annotations } },
    },
  };
}
