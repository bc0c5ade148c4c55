import type { Rule } from '../rule';
import { base64Data } from './base64-data';
import { configmapChecksum } from './configmap-checksum';
import { configmapReferences } from './configmap-references';
import { configmapWithCredentials } from './configmap-with-credentials';
import { dataKeys } from './data-keys';
import { duplicateEnvVar } from './duplicate-env-var';
import { envVarSources } from './env-var-sources';
import { hardcodedSecrets } from './hardcoded-secrets';
import { optionalSecrets } from './optional-secrets';
import { secretReferences } from './secret-references';
import { secretTypeKeys } from './secret-type-keys';
import { serviceLinks } from './service-links';
import { sharedEnvVars } from './shared-env-vars';
import { unusedConfigmapKeys } from './unused-configmap-keys';
import { unusedSecretKeys } from './unused-secret-keys';

export const configurationRules: readonly Rule[] = [
  duplicateEnvVar,
  envVarSources,
  dataKeys,
  secretTypeKeys,
  configmapReferences,
  secretReferences,
  hardcodedSecrets,
  configmapWithCredentials,
  unusedConfigmapKeys,
  unusedSecretKeys,
  optionalSecrets,
  configmapChecksum,
  sharedEnvVars,
  serviceLinks,
  base64Data,
];
