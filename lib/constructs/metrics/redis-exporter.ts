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
import { type SecretKey, secretKeyProblems } from '../parts/environment';
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
import { redisExporterPort } from '../ports';
import { type PropProblem, refuse } from '../props-error';
import { longestWorkloadName, MetricsService } from './metrics-service';

export interface RedisExporterProps extends PodExtras {
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'disruptionBudget' | 'serviceAccount'>;
  /** `oliver006/redis_exporter:…@sha256:…`, 1.83.0 or later: older ones hand out the password (see below). */
  readonly image: string;
  readonly resources: Resources;
  /** `host:port` of the Redis, such as `redis:6379`. */
  readonly address: string;
  /** The key of the Secret that holds Redis's password. */
  readonly password: SecretKey;
  /** @default the construct's id */
  readonly name?: string;
  /** @default the image's own user, 59000 */
  readonly user?: number;
  /** @default the registry is asked without credentials */
  readonly imagePullSecret?: string;
  /** A PriorityClass of the cluster. @default the cluster's default */
  readonly priorityClass?: string;
}

/**
 * Tells a metrics agent how a Redis is: Deployment, headless Service and ServiceAccount.
 *
 * It has pods of its own, because in Redis's pod each update of the exporter would stop Redis. Its `/health` says only
 * that it runs itself: whether Redis answers is the metric `redis_up`.
 *
 * Its `/scrape?target=` would log in with the password wherever the caller asks it to, so it is switched off, which
 * exporters know how to since 1.83.0.
 */
export class RedisExporter extends Construct implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];
  readonly deployment: k8s.KubeDeployment;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  readonly serviceAccount: k8s.KubeServiceAccount;
  /** Where its metrics are, at the path `/metrics`. */
  readonly metrics: MetricsService;

  constructor(scope: Construct, id: string, props: RedisExporterProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, [
      nameProblem(name, longestWorkloadName),
      addressProblem(props.address),
      ...podProblems(props),
      ...secretKeyProblems(['password'], props.password),
    ]);
    this.party = partyOf(name);
    const labels = labelsOf(this, name, 'metrics', props);
    this.serviceAccount = addAccount(this, name, labels);
    this.disruptionBudget = new k8s.KubePodDisruptionBudget(
      this,
      'disruption-budget',
      disruptionBudget(name, labels, { minAvailable: 0 }),
    );
    this.metrics = new MetricsService(this, 'metrics', { workload: name, port: redisExporterPort });
    this.deployment = new k8s.KubeDeployment(this, 'deployment', exporterDeployment(name, labels, props));
    patchObjects(this, props);
  }

  /** Lets the pods open connections to it. Takes effect by the NetworkPolicies that are given this workload. */
  connectTo({ party, port: to }: Destination): void {
    this.connections.push({ from: this.party, to: party, port: to });
  }
}

function exporterDeployment(
  name: string,
  labels: Record<string, string>,
  props: RedisExporterProps,
): k8s.KubeDeploymentProps {
  const pod: PodProps = madeFrom(
    {
      image: props.image,
      resources: props.resources,
      environment: madeFrom(
        {
          REDIS_ADDR: `redis://${props.address}`,
          REDIS_PASSWORD: props.password,
          REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT: 'true',
        },
        props,
        { REDIS_ADDR: ['address'], REDIS_PASSWORD: ['password'] },
      ),
      ...(props.user !== undefined && { user: props.user }),
      ...(props.imagePullSecret !== undefined && { imagePullSecret: props.imagePullSecret }),
      ...(props.priorityClass !== undefined && { priorityClass: props.priorityClass }),
      ...podExtras(props),
    },
    props,
    podPropPaths,
  );
  const main = podContainer(name, pod, {
    ports: [{ containerPort: redisExporterPort }],
    readinessProbe: portProbe(redisExporterPort, { path: '/health', periodSeconds: 10, timeoutSeconds: 5 }),
    livenessProbe: portProbe(redisExporterPort, { periodSeconds: 30, timeoutSeconds: 10 }),
  });
  return {
    metadata: { name, labels: { ...labels, ...versionLabel(props.image) } },
    spec: {
      replicas: 1,
      // Two for a moment do no harm: each has its own `instance`.
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: {
          maxUnavailable: k8s.IntOrString.fromNumber(0),
          maxSurge: k8s.IntOrString.fromNumber(1),
        },
      },
      selector: { matchLabels: selectorLabels(name) },
      template: podTemplate(name, labels, pod, [main], {}),
    },
  };
}

/** A password in the address would stand in the manifest. */
function addressProblem(address: string): PropProblem | undefined {
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?:[1-9]\d{0,4}$/.test(address)) return undefined;
  const shown = address.includes('@') ? 'holds an "@"' : `is "${address}"`;
  return { path: ['address'], message: `${shown}; it must be a host and a port alone, such as redis:6379` };
}
