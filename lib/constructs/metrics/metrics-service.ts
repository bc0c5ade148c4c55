import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { port as anyPort } from '../../kubernetes/value-rule';
import { metricsServiceName, selectorLabels } from '../labels';
import { type Destination, type Party, partyOf } from '../parts/connections';
import { labelsOf, nameProblem } from '../parts/identity';
import { type PropProblem, refuse, ruleProblem } from '../props-error';

export interface MetricsServiceProps {
  /** The workload whose pods are scraped. The name of the Service is `<workload>-metrics`. */
  readonly workload: string;
  /** The port on which the pods serve their metrics. */
  readonly port: number;
}

/**
 * A headless Service: its DNS name resolves to the addresses of all pods, so that the agent scrapes each of
 * them without access to the API server. It includes pods that are not ready, because their metrics matter
 * most.
 */
export class MetricsService extends Construct implements Destination {
  /** The DNS name that resolves to all pods, within the namespace. */
  readonly host: string;
  readonly party: Party;
  readonly port: number;

  constructor(scope: Construct, id: string, props: MetricsServiceProps) {
    super(scope, id);
    const { workload, port } = props;
    refuse(this, props, [workloadProblem(workload), ruleProblem(['port'], port, anyPort)]);
    this.host = metricsServiceName(workload);
    this.party = partyOf(workload);
    this.port = port;
    new k8s.KubeService(this, 'service', {
      metadata: { name: this.host, labels: labelsOf(this, workload, 'metrics') },
      spec: {
        clusterIp: 'None',
        publishNotReadyAddresses: true,
        selector: selectorLabels(workload),
        ports: [{ name: 'metrics', port, targetPort: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }],
      },
    });
  }
}

/**
 * The maximum length of a workload's name, so that the name of its metrics Service has at most 63 characters.
 */
export const longestWorkloadName = 63 - metricsServiceName('').length;

function workloadProblem(workload: string): PropProblem | undefined {
  const problem = nameProblem(workload, longestWorkloadName);
  return problem && { ...problem, path: ['workload'] };
}
