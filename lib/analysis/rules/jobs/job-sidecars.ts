import { pods } from '../parts';
import { rule } from '../rule';

export const jobSidecars = rule({
  id: 'job-sidecars',
  sentence: 'A Job has one container. Helper containers are sidecars.',
  why: 'A Job completes when all of its containers have ended: a proxy as a second container keeps it running.',
  source:
    'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers',
  severity: 'low',
  fix: 'Move helper containers to initContainers, with restartPolicy: Always.',
  rare: true,
  parts: { ...pods, kinds: ['Job', 'CronJob'] },
  faults: ({ object, spec: { containers = [] } }) => {
    if (!['Job', 'CronJob'].includes(object.kind)) return undefined;
    return [
      containers.length > 1 && {
        path: 'containers',
        found: `are ${containers.map(({ name }) => name).join(', ')}`,
        must: 'be one container, unless every container ends by itself',
      },
    ];
  },
});
