import { type AdoptResolver, notFound } from '../resolver';
import type { RunningNamespace } from './running-namespace';

/** The user of the registry. It is part of a value of a Secret, and `adopt` does not read values of Secrets. */
export const registryUserResolver: AdoptResolver<RunningNamespace> = {
  path: 'cluster.registry.user',
  foundIn: 'a value of a Secret, which `adopt` does not read: run the command',
  command: ({ deployment: { imagePullSecret, namespace } }) =>
    `kubectl get secret ${imagePullSecret} -n ${namespace} -o jsonpath='{.data.\\.dockerconfigjson}' | base64 -d | jq -r '.auths[].username'`,
  find: ({ deployment: { imagePullSecret } }) =>
    Promise.resolve(
      notFound(
        'unusable',
        `the user is part of a value of Secret ${imagePullSecret}, and adopt does not read values of Secrets`,
      ),
    ),
};
