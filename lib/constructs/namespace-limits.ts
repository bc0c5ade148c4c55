import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { parseQuantity } from '../kubernetes/quantity';
import { wholeNumber } from '../kubernetes/value-rule';
import { quantity, type Resources, resourceProblems } from './parts/resources';
import { refuse, ruleProblem } from './props-error';

/** A number of pods with the same resources. */
export interface PodAllowance {
  /** The sum over all containers of one pod. */
  readonly resources: Resources;
  readonly pods: number;
}

export interface NamespaceLimitsProps {
  /** All pods that can exist at the same time during a rollout, including terminating pods. */
  readonly allowances: readonly PodAllowance[];
}

/**
 * The limits of a namespace: a ResourceQuota for exactly the given pods, and a LimitRange with defaults for
 * pods that set no resources, such as those of `kubectl run`. The API server refuses a pod that exceeds the
 * quota, and the rollout then stops.
 */
export class NamespaceLimits extends Construct {
  constructor(scope: Construct, id: string, props: NamespaceLimitsProps) {
    super(scope, id);
    const { allowances } = props;
    refuse(
      this,
      props,
      allowances.flatMap(({ resources, pods }, index) => [
        ...resourceProblems(resources, ['allowances', index, 'resources']),
        ruleProblem(['allowances', index, 'pods'], pods, podCount),
      ]),
    );
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'quota' },
      spec: { hard: { pods: quantity(String(sum(allowances, () => 1))), ...sumLimits(allowances) } },
    });
    new k8s.KubeLimitRange(this, 'limit-range', {
      metadata: { name: 'limits' },
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: { cpu: quantity('50m'), memory: quantity('64Mi') },
            default: { cpu: quantity('500m'), memory: quantity('256Mi') },
          },
        ],
      },
    });
  }
}

/** 0 is allowed for a workload that does not run now. */
const podCount = wholeNumber(0, 1_000_000);

/** The hard limits of the ResourceQuota: sums, rounded up to millicores and mebibytes. */
function sumLimits(allowances: readonly PodAllowance[]): Record<string, k8s.Quantity> {
  const cpu = (bound: 'request' | 'limit') => sum(allowances, ({ cpu: bounds }) => amount(bounds[bound]));
  const memory = (bound: 'request' | 'limit') =>
    sum(allowances, ({ memory: bounds }) => amount(bounds[bound]));
  const millicores = (cores: number) => quantity(`${Math.ceil(cores * 1000 - 1e-6)}m`);
  const mebibytes = (bytes: number) => quantity(`${Math.ceil(bytes / 2 ** 20)}Mi`);
  return {
    'requests.cpu': millicores(cpu('request')),
    'requests.memory': mebibytes(memory('request')),
    'limits.cpu': millicores(cpu('limit')),
    'limits.memory': mebibytes(memory('limit')),
  };
}

function sum(allowances: readonly PodAllowance[], of: (resources: Resources) => number): number {
  return allowances.reduce((total, { resources, pods }) => total + pods * of(resources), 0);
}

function amount(text: string): number {
  return parseQuantity(text) ?? 0;
}
