import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { parseQuantity } from '../kubernetes/quantity';
import { wholeNumber } from '../kubernetes/value-rule';
import { quantity, type Resources, resourceProblems } from './parts/resources';
import { refuse, ruleProblem } from './props-error';

/** A number of pods with the same resources. */
export interface PodAllowance {
  /** The sum of all containers of a pod. */
  readonly resources: Resources;
  readonly pods: number;
}

export interface NamespaceLimitsProps {
  /** All pods that may run at the same time during a rollout. */
  readonly allowances: readonly PodAllowance[];
}

/**
 * The limits of a namespace: a ResourceQuota for exactly the given pods, and a LimitRange with defaults for
 * pods that state no resources, such as those of `kubectl run`. The API server refuses a pod that exceeds the
 * quota, so a rollout that needs more pods stops: include terminating pods in the counts.
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
      spec: { hard: { pods: quantity(String(sum(allowances, () => 1))), ...hard(allowances) } },
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

/** None, where a workload is counted that doesn't run now. */
const podCount = wholeNumber(0, 1_000_000);

/** Sums in millicores and mebibytes, rounded up. */
function hard(allowances: readonly PodAllowance[]): Record<string, k8s.Quantity> {
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
