import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { port as anyPort } from '../../kubernetes/value-rule';
import { metricsServiceName, selectorLabels } from '../labels';
import { type Destination, type Party, partyOf } from '../parts/connections';
import { labelsOf, nameProblem } from '../parts/identity';
import { type PropProblem, refuse, ruleProblem } from '../props-error';

export interface MetricsServiceProps {
  /** The workload whose pods are watched. The Service is called `<workload>-metrics`. */
  readonly workload: string;
  /** The port on which the pods answer with their metrics. */
  readonly port: number;
}

/**
 * A headless Service: its DNS name answers with the address of every pod, so that each one is scraped, and nobody has
 * to ask the API server. Pods that aren't ready are among them: those are the ones worth watching.
 */
export class MetricsService extends Construct implements Destination {
  /** The DNS name of all pods, within the namespace. */
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

/** The longest name of a workload that leaves room for its Service's. */
export const longestWorkloadName = 63 - metricsServiceName('').length;

function workloadProblem(workload: string): PropProblem | undefined {
  const problem = nameProblem(workload, longestWorkloadName);
  return problem && { ...problem, path: ['workload'] };
}
