import { type App, Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Model } from '../model/model';
import { chartProps } from './chart-props';
import { addUnresolved } from './notes';
import { setOrigin } from './origin';
import { sharedConfig } from './pod-props';

/** The ConfigMap that all workloads share. */
export class ConfigChart extends Chart {
  constructor(app: App, model: Model) {
    super(app, '1-config', chartProps(model));
    setOrigin(this, ['config']);
    for (const value of model.unresolved) {
      if (value.path.startsWith('config.')) addUnresolved(this, value);
    }
    const { name, data } = sharedConfig(model);
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name },
      // An empty map is left out: the API server drops it, so every diff would show a difference.
      ...(Object.keys(data).length > 0 && { data: { ...data } }),
    });
  }
}
