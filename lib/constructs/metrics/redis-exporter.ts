import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { selectorLabels } from '../labels';
import { ConnectableWorkload } from '../parts/connectable-workload';
import { type SecretKey, secretKeyProblems } from '../parts/environment';
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
import { rollingUpdate } from '../parts/rolling-deployment';
import { redisExporterPort } from '../ports';
import type { PropProblem } from '../props-error';
import { longestWorkloadName, MetricsService } from './metrics-service';

export interface RedisExporterProps extends PodExtras {
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'disruptionBudget' | 'serviceAccount'>;
  /** `oliver006/redis_exporter:…@sha256:…`, 1.83.0 or later: older versions leak the password (see below). */
  readonly image: string;
  readonly resources: Resources;
  /** The address of the Redis server as `host:port`, such as `redis:6379`. */
  readonly address: string;
  /** The key of the Secret that holds Redis's password. */
  readonly password: SecretKey;
  /** @default the construct's id */
  readonly name?: string;
  /** @default the image's own user, 59000 */
  readonly user?: number;
  /** @default images are pulled without credentials */
  readonly imagePullSecret?: string;
  /** The name of an existing PriorityClass. @default the cluster's default PriorityClass */
  readonly priorityClass?: string;
}

/**
 * Exports the metrics of a Redis server: Deployment, headless Service and ServiceAccount.
 *
 * The exporter has its own pod, because in the Redis pod, each update of the exporter would restart Redis.
 * The path `/health` reports only the health of the exporter; the metric `redis_up` reports that of Redis.
 *
 * The path `/scrape?target=` is disabled, because it would send the password to any address that the caller
 * names. Version 1.83.0 of the exporter added the option that disables it.
 */
export class RedisExporter extends ConnectableWorkload {
  readonly deployment: k8s.KubeDeployment;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  /** The scrape target with the metrics, at the path `/metrics`. */
  readonly metrics: MetricsService;

  constructor(scope: Construct, id: string, props: RedisExporterProps) {
    super(scope, id, props, {
      component: 'metrics',
      longestName: longestWorkloadName,
      required: [...requiredPodProps, 'address', 'password.secret.name', 'password.key'],
      problems: () => [
        addressProblem(props.address),
        ...podProblems(props),
        ...secretKeyProblems(['password'], props.password),
      ],
    });
    const { name } = this.party;
    this.disruptionBudget = addDisruptionBudget(this, name, this.labels, { minAvailable: 0 });
    this.metrics = new MetricsService(this, 'metrics', { workload: name, port: redisExporterPort });
    this.deployment = new k8s.KubeDeployment(
      this,
      'deployment',
      exporterDeployment(name, this.labels, props),
    );
    patchObjects(this, props);
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
      // Two pods during a rollout are harmless: each pod has its own value of the label `instance`.
      strategy: rollingUpdate(),
      selector: { matchLabels: selectorLabels(name) },
      template: podTemplate(name, labels, pod, [main], {}),
    },
  };
}

/** A password in the address would be visible in the manifest. */
function addressProblem(address: string): PropProblem | undefined {
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?:[1-9]\d{0,4}$/.test(address)) return undefined;
  const shown = address.includes('@') ? 'holds an "@"' : `is "${address}"`;
  return { path: ['address'], message: `${shown}; it must be only a host and a port, such as redis:6379` };
}
