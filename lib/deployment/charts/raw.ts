import { ApiObject, type App, Chart } from 'cdk8s';
import { madeFrom } from '../../constructs/parts/provenance';
import type { KubernetesObject } from '../../documents/kubernetes';
import { isClusterScoped } from '../../kubernetes/objects/scope';
import { isOfOthers } from '../../kubernetes/schema/kubernetes-schema';
import type { Model } from '../model/model';
import { setOrigin } from './origin';

/**
 * The objects of an entry under `raw`, unchanged. They are applied before the workloads, which may need them.
 */
export class RawChart extends Chart {
  constructor(app: App, { namespace, raw }: Model, name: string) {
    super(app, `1-raw-${name}`, { disableResourceNameHashes: true });
    setOrigin(this, ['raw', name]);
    raw[name]?.objects.forEach((object, index) => {
      const fields = Object.fromEntries(Object.keys(object).map((key) => [key, [key]]));
      new ApiObject(this, String(index), madeFrom(inNamespace(object, namespace), object, fields));
    });
  }
}

/**
 * Sets the namespace of the deployment on namespaced objects that have none. Custom resources are left
 * unchanged, because it is unknown whether they are namespaced.
 */
function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  const { metadata, kind } = object;
  if (metadata.namespace !== undefined || isClusterScoped(kind) || isOfOthers(object)) return { ...object };
  return { ...object, metadata: { ...metadata, namespace } };
}
