import { ApiObject, type App, Chart } from 'cdk8s';
import { madeFrom } from '../../constructs/parts/provenance';
import type { KubernetesObject } from '../../documents/kubernetes';
import { isClusterScoped } from '../../kubernetes/objects/scope';
import { isOfOthers } from '../../kubernetes/schema/kubernetes-schema';
import type { Model } from '../model/model';
import { setOrigin } from './origin';

/** Objects that the configuration takes as they are. Workloads may need them, so they are applied before those. */
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

/** What states no namespace is the deployment's. Whether kinds of others have a namespace is not known. */
function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  const { metadata, kind } = object;
  if (metadata.namespace !== undefined || isClusterScoped(kind) || isOfOthers(object)) return { ...object };
  return { ...object, metadata: { ...metadata, namespace } };
}
