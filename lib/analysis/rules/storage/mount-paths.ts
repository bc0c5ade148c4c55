import { repeated } from '../../../kubernetes/repeated';
import { containers } from '../parts';
import { rule } from '../rule';

export const mountPaths = rule({
  id: 'mount-paths',
  sentence:
    'Every mountPath of a container is unique and has no ":", and every subPath is inside its volume.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Change mountPath or subPath.',
  parts: containers,
  faults: ({ container: { volumeMounts = [] } }) => [
    ...volumeMounts.flatMap(({ mountPath = '', subPath, subPathExpr }, index) => [
      (mountPath === '' || mountPath.includes(':')) && {
        path: `volumeMounts[${index}].mountPath`,
        must: 'be a path without ":"',
      },
      ...(['subPath', 'subPathExpr'] as const).map((field) => {
        const path = field === 'subPath' ? subPath : subPathExpr;
        const leaves = path !== undefined && (path.startsWith('/') || path.split('/').includes('..'));
        return leaves && { path: `volumeMounts[${index}].${field}`, must: 'be relative, without ".."' };
      }),
      subPath !== undefined &&
        subPathExpr !== undefined && {
          path: `volumeMounts[${index}].subPathExpr`,
          must: 'be absent, because subPath is set',
        },
    ]),
    ...repeated(
      volumeMounts.map(({ mountPath = '' }, index) => ({
        key: mountPath,
        path: `volumeMounts[${index}].mountPath`,
      })),
    ).map(({ path, first }) => ({ path, must: `differ from ${first}` })),
  ],
});
