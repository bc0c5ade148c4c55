import { type App, Chart, JsonPatch } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Model } from '../model/model';
import { chartProps } from './chart-props';
import { setOrigin } from './origin';

/**
 * The Namespace, in a file of its own. The file is applied first in an empty cluster, but last in a cluster
 * with running pods that don't meet the Pod Security level yet.
 */
export class NamespaceChart extends Chart {
  constructor(app: App, model: Model) {
    super(app, '0-namespace', chartProps(model));
    setOrigin(this, ['namespace']);
    const namespace = new k8s.KubeNamespace(this, 'namespace', {
      metadata: { name: model.namespace, labels: podSecurity(model.kubernetesVersion) },
    });
    // cdk8s sets the namespace of the chart on every object, but a Namespace must not have one.
    namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}

/**
 * Labels that enforce the Pod Security level "restricted". The version is pinned, so an upgrade of Kubernetes
 * doesn't change the level.
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
