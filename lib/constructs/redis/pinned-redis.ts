import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { selectorLabels } from '../labels';
import { addAccount } from '../parts/account';
import { type Destination, type Party, partyOf } from '../parts/connections';
import { labelsOf, nameProblem, versionLabel } from '../parts/identity';
import { addDisruptionBudget, clusterService } from '../parts/objects';
import { patchObjects } from '../parts/patch';
import {
  type PodProps,
  podContainer,
  podExtras,
  podPropPaths,
  podTemplate,
  requiredPodProps,
} from '../parts/pod';
import { shellProbe } from '../parts/probes';
import { madeFrom } from '../parts/provenance';
import { quantity } from '../parts/resources';
import { containerMounts, mountedVolumes } from '../parts/volumes';
import { redisPort } from '../ports';
import { missingProblems, refuse } from '../props-error';
import { redisProblems } from './redis-problems';
import type { PinnedRedisProps } from './redis-props';
import { dataDirectory, pingAnswers, startRedis } from './redis-server';

export type { PinnedRedisProps } from './redis-props';

/**
 * A Redis server with its data on the disk of one node: Deployment, Service, PersistentVolumeClaim and
 * ServiceAccount.
 *
 * If that node is down, Redis is down. Two servers never use the volume at the same time: a rollout stops the
 * old server first (`Recreate`), and a lock on the volume makes a second server wait, for example after a
 * drain. The server reads the password from standard input, so the password is in no argument and no file.
 */
export class PinnedRedis extends Construct implements Destination {
  readonly party: Party;
  readonly port = redisPort;
  readonly deployment: k8s.KubeDeployment;
  readonly service: k8s.KubeService;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  readonly serviceAccount: k8s.KubeServiceAccount;
  readonly claim: k8s.KubePersistentVolumeClaim;

  constructor(scope: Construct, id: string, props: PinnedRedisProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, missingProblems(props, requiredRedisProps));
    refuse(this, props, [nameProblem(name), ...redisProblems({ maxmemory: defaultMaxmemory, ...props })]);
    this.party = partyOf(name);
    const labels = labelsOf(this, name, 'cache', props);
    this.serviceAccount = addAccount(this, name, labels);
    this.claim = new k8s.KubePersistentVolumeClaim(this, 'claim', claim(labels, props));
    this.disruptionBudget = addDisruptionBudget(this, name, labels, { minAvailable: 0 });
    this.service = new k8s.KubeService(this, 'service', clusterService(name, labels, { port: redisPort }));
    this.deployment = new k8s.KubeDeployment(this, 'deployment', redisDeployment(name, labels, props));
    patchObjects(this, props);
  }
}

const requiredRedisProps = [
  ...requiredPodProps,
  ...['password.secret.name', 'password.key', 'nodeLabel', 'storage.claim', 'storage.size', 'storage.class'],
];

function claim(labels: Record<string, string>, props: PinnedRedisProps): k8s.KubePersistentVolumeClaimProps {
  const { storage } = props;
  return {
    metadata: { name: storage.claim, labels },
    spec: madeFrom(
      {
        accessModes: ['ReadWriteOnce'],
        storageClassName: storage.class,
        resources: { requests: { storage: quantity(storage.size) } },
      },
      props,
      { storageClassName: ['storage', 'class'], resources: ['storage', 'size'] },
    ),
  };
}

/** The grace period in which Redis saves its data. */
const savingSeconds = 30;

function redisDeployment(
  name: string,
  labels: Record<string, string>,
  props: PinnedRedisProps,
): k8s.KubeDeploymentProps {
  const pod: PodProps = madeFrom(
    {
      image: props.image,
      resources: props.resources,
      // redis-cli reads REDISCLI_AUTH. As an argument of redis-cli, the password would be in the process
      // list.
      environment: { REDIS_PASSWORD: props.password, REDISCLI_AUTH: props.password },
      scratch,
      ...(props.user !== undefined && { user: props.user }),
      ...(props.imagePullSecret !== undefined && { imagePullSecret: props.imagePullSecret }),
      ...(props.priorityClass !== undefined && { priorityClass: props.priorityClass }),
      ...podExtras(props),
    },
    props,
    { ...podPropPaths, environment: ['password'], nodeLabel: ['nodeLabel'] },
  );
  const server = podContainer(name, pod, {
    command: startRedis,
    args: madeFrom(
      [
        ...['--dir', dataDirectory, '--appendonly', 'yes', '--appendfsync', props.appendfsync ?? 'everysec'],
        ...['--maxmemory', props.maxmemory ?? defaultMaxmemory],
        ...['--maxmemory-policy', props.maxmemoryPolicy ?? 'noeviction'],
      ],
      props,
      { 5: ['appendfsync'], 7: ['maxmemory'], 9: ['maxmemoryPolicy'] },
    ),
    ports: [{ containerPort: redisPort }],
    // The probe allows enough time to wait until the old server releases the lock, and to read the
    // append-only file.
    startupProbe: shellProbe(pingAnswers, { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 24 }),
    readinessProbe: shellProbe(pingAnswers, { periodSeconds: 10, timeoutSeconds: 5 }),
    livenessProbe: shellProbe(pingAnswers, { periodSeconds: 30, timeoutSeconds: 10 }),
    volumeMounts: [{ name: 'data', mountPath: dataDirectory }, ...containerMounts(pod)],
  });
  return {
    metadata: { name, labels: { ...labels, ...versionLabel(props.image) } },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorLabels(name) },
      template: podTemplate(name, labels, pod, [server], {
        nodeSelector: { ...props.nodeLabel },
        terminationGracePeriodSeconds: savingSeconds,
        volumes: [
          { name: 'data', persistentVolumeClaim: { claimName: props.storage.claim } },
          ...mountedVolumes(pod),
        ],
      }),
    },
  };
}

const defaultMaxmemory = '256mb';

/** The shell needs a directory for temporary files. The server writes only to its data directory. */
const scratch = { tmp: { directory: '/tmp', sizeLimit: '64Mi' } };
