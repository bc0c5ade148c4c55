import { type App, Chart, JsonPatch } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Model } from '../model/model';
import { chartProps } from './chart-props';
import { setOrigin } from './origin';

/**
 * The namespace, in a file of its own: in a cluster whose pods don't meet its rules yet, it is applied last, and
 * in an empty one first.
 */
export class NamespaceChart extends Chart {
  constructor(app: App, model: Model) {
    super(app, '0-namespace', chartProps(model));
    setOrigin(this, ['namespace']);
    const namespace = new k8s.KubeNamespace(this, 'namespace', {
      metadata: { name: model.namespace, labels: podSecurity(model.kubernetesVersion) },
    });
    // cdk8s puts the chart's namespace on every object, and this one lies in none.
    namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}

/**
 * Every pod of the namespace must meet "restricted". The version is pinned, so that an upgrade of Kubernetes
 * doesn't change what is refused.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
function podSecurity(version: string): Record<string, string> {
  const modes = ['enforce', 'audit', 'warn'];
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, 'restricted'],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]),
  );
}
