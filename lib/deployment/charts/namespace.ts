import { type App, Chart, JsonPatch } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Model } from '../model/model';
import { chartProps } from './chart-props';
import { setOrigin } from './origin';

/**
 * The namespace has its own file: it is applied first in an empty cluster, and last in one whose pods don't
 * meet its Pod Security level yet.
 */
export class NamespaceChart extends Chart {
  constructor(app: App, model: Model) {
    super(app, '0-namespace', chartProps(model));
    setOrigin(this, ['namespace']);
    const namespace = new k8s.KubeNamespace(this, 'namespace', {
      metadata: { name: model.namespace, labels: podSecurity(model.kubernetesVersion) },
    });
    // cdk8s sets the chart's namespace on every object, but a Namespace has none.
    namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}

/**
 * Every pod of the namespace must meet the level "restricted". The version is pinned, so that an upgrade of
 * Kubernetes doesn't change the rules.
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
