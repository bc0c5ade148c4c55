import { repeated } from '../../../kubernetes/repeated';
import { containers } from '../parts';
import { rule } from '../rule';

export const mountPaths = rule({
  id: 'mount-paths',
  sentence: 'Each mount has a directory of its own without ":", and a subPath stays below its volume.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Mount it elsewhere.',
  parts: containers,
  faults: ({ container: { volumeMounts = [] } }) => [
    ...volumeMounts.flatMap(({ mountPath = '', subPath, subPathExpr }, index) => [
      (mountPath === '' || mountPath.includes(':')) && {
        path: `volumeMounts[${index}].mountPath`,
        must: 'be a directory without ":"',
      },
      ...(['subPath', 'subPathExpr'] as const).map((field) => {
        const path = field === 'subPath' ? subPath : subPathExpr;
        const leaves = path !== undefined && (path.startsWith('/') || path.split('/').includes('..'));
        return leaves && { path: `volumeMounts[${index}].${field}`, must: 'be relative and without ".."' };
      }),
      subPath !== undefined &&
        subPathExpr !== undefined && {
          path: `volumeMounts[${index}].subPathExpr`,
          must: 'be absent beside subPath',
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
