import type { Chart } from 'cdk8s';
import { CronJob } from '../../constructs/cron-job';
import { MigrationJob } from '../../constructs/migration-job';
import type { Autoscaling } from '../../constructs/parts/autoscaler';
import { SingletonWorker } from '../../constructs/singleton-worker';
import { StatefulService } from '../../constructs/stateful-service';
import { WebService } from '../../constructs/web-service';
import { Worker } from '../../constructs/worker';
import { placeholder } from '../../documents/unresolved';
import type { Application, WebServiceConfig, WorkerConfig } from '../config/schema/applications';
import { isUnresolved } from '../config/schema/unresolved';
import { autoscalingRemarks } from '../model/autoscaling';
import type { Model } from '../model/model';
import { addRemark } from './notes';
import { fromWorkload } from './origin';
import { addOtherIngress } from './other-ingress';
import { podProps, stated } from './pod-props';

/** The constructs whose images are the application's own, not public ones. */
export type ApplicationConstruct =
  | WebService
  | StatefulService
  | Worker
  | SingletonWorker
  | CronJob
  | MigrationJob;

/** Adds the construct of an application. Most props are configuration keys of the same name. */
export function addApplication(
  chart: Chart,
  model: Model,
  name: string,
  workload: Application,
): ApplicationConstruct {
  if (workload.kind === 'WebService' || workload.kind === 'Worker') {
    for (const text of autoscalingRemarks(model.namespace, name, workload)) addRemark(chart, text);
  }
  const props = <Props extends object>(own: Props) =>
    fromWorkload(
      workload,
      { ...podProps(model, workload), ...stated(workload, 'patch'), ...own },
      { envFrom: ['config'] },
    );
  switch (workload.kind) {
    case 'WebService': {
      const own = stated(
        workload,
        'replicas',
        'minAvailable',
        'port',
        'servicePort',
        'probes',
        'drainSeconds',
      );
      addOtherIngress(chart, name, workload);
      return new WebService(chart, name, props({ ...own, ...autoscalingProps(workload) }));
    }
    case 'StatefulService': {
      const own = stated(
        workload,
        'replicas',
        'minAvailable',
        'port',
        'probes',
        'storage',
        'drainSeconds',
        'graceSeconds',
      );
      return new StatefulService(chart, name, props(own));
    }
    case 'Worker': {
      const own = stated(workload, 'replicas', 'minAvailable', 'probes', 'graceSeconds');
      return new Worker(chart, name, props({ ...own, ...autoscalingProps(workload) }));
    }
    case 'SingletonWorker':
      return new SingletonWorker(chart, name, props(stated(workload, 'reason', 'graceSeconds')));
    case 'CronJob': {
      const own = stated(workload, 'schedule', 'timeZone', 'deadlineSeconds', 'attempts');
      return new CronJob(chart, name, props(own));
    }
    case 'MigrationJob': {
      const command = isUnresolved(workload.command) ? [placeholder] : workload.command;
      return new MigrationJob(
        chart,
        name,
        props({ ...stated(workload, 'deadlineSeconds', 'attempts'), command }),
      );
    }
  }
}

function autoscalingProps({ autoscaling }: WebServiceConfig | WorkerConfig): { autoscaling?: Autoscaling } {
  if (autoscaling?.enabled !== true) return {};
  return { autoscaling: stated(autoscaling, 'maxReplicas', 'cpuPercent', 'memoryPercent', 'external') };
}
