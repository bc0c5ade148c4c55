import { type App, Chart, JsonPatch } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Model } from '../model/model';
import { chartProps } from './chart-props';
import { addUnresolved } from './notes';
import { sharedConfig } from './pod-props';

/** What every workload stands on: the namespace and the shared ConfigMap. */
export class PlatformChart extends Chart {
  constructor(app: App, model: Model) {
    super(app, '1-platform', chartProps(model));
    for (const value of model.unresolved) {
      if (value.path.startsWith('config.')) addUnresolved(this, value);
    }
    const { name, data } = sharedConfig(model);
    const namespace = new k8s.KubeNamespace(this, 'namespace', {
      metadata: { name: model.namespace, labels: podSecurity(model.kubernetesVersion) },
    });
    // cdk8s puts the chart's namespace on every object, and this one lies in none.
    namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    new k8s.KubeConfigMap(this, 'config', { metadata: { name }, data: { ...data } });
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
