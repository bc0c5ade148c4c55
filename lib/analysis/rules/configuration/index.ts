import type { Rule } from '../rule';
import { base64Data } from './base64-data';
import { configKeysRead } from './config-keys-read';
import { configReferences } from './config-references';
import { configRestarts } from './config-restarts';
import { dataKeys } from './data-keys';
import { duplicateEnvironment } from './duplicate-environment';
import { environmentSources } from './environment-sources';
import { literalSecrets } from './literal-secrets';
import { noOptionalSecrets } from './no-optional-secrets';
import { secretKeysRead } from './secret-keys-read';
import { secretReferences } from './secret-references';
import { secretTypeKeys } from './secret-type-keys';
import { secretsInConfig } from './secrets-in-config';
import { serviceLinks } from './service-links';
import { sharedVariables } from './shared-variables';

export const configurationRules: readonly Rule[] = [
  duplicateEnvironment,
  environmentSources,
  dataKeys,
  secretTypeKeys,
  configReferences,
  secretReferences,
  literalSecrets,
  secretsInConfig,
  configKeysRead,
  secretKeysRead,
  noOptionalSecrets,
  configRestarts,
  sharedVariables,
  serviceLinks,
  base64Data,
];
