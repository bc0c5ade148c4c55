import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import type { Component } from '../labels';
import { missingProblems, type PropProblem, refuse } from '../props-error';
import { type AccountHolder, addAccount } from './account';
import { type Connectable, type Connection, type Destination, type Party, partyOf } from './connections';
import { labelsOf, nameProblem } from './identity';

interface WorkloadIdentity {
  readonly component: Component;
  /** The paths of the required props. */
  readonly required: readonly string[];
  /** Finds the problems of the props, except `name`. Called only if no required prop is missing. */
  readonly problems: () => readonly (PropProblem | undefined)[];
  /** @default the construct's id */
  readonly name?: string | undefined;
  /** @default 63 characters */
  readonly longestName?: number;
}

interface WorkloadProps extends AccountHolder {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A workload whose pods have a ServiceAccount and may open connections. */
export abstract class ConnectableWorkload extends Construct implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];
  readonly serviceAccount: k8s.KubeServiceAccount;
  /** The labels of the objects and of the pods. */
  protected readonly labels: Record<string, string>;

  /** @throws PropsError with all problems, before any object is created */
  protected constructor(scope: Construct, id: string, props: WorkloadProps, identity: WorkloadIdentity) {
    super(scope, id);
    const { component, required, problems, name = props.name ?? id, longestName } = identity;
    const missing = missingProblems(props, required);
    refuse(this, props, [nameProblem(name, longestName), ...(missing.length > 0 ? missing : problems())]);
    this.party = partyOf(name);
    this.labels = labelsOf(this, name, component, props);
    this.serviceAccount = addAccount(this, name, this.labels, props);
  }

  /**
   * Allows connections from the pods to a target. The construct `NetworkPolicies` of the namespace creates
   * the policies.
   */
  connectTo({ party, port }: Destination): void {
    if (port === undefined) {
      const target = {
        path: ['connectTo'],
        message: `${party.name} has no port; connect to { party, port } instead`,
      };
      refuse(this, {}, [target]);
    }
    this.connections.push({ from: this.party, to: party, port });
  }
}
