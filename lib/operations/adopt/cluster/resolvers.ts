import type { AdoptResolver } from '../resolver';
import { configDataResolver, configOthersResolver } from './config-data';
import { imageDigestResolver } from './image-digest';
import { imageTagResolver } from './image-tag';
import { latencyHistogramResolver } from './latency-histogram';
import { metricsPathResolver } from './metrics-path';
import { metricsTokenResolver } from './metrics-token';
import { metricsWritePathResolver } from './metrics-write-path';
import { migrationCommandResolver } from './migration-command';
import { registryUserResolver } from './registry-user';
import type { RunningNamespace } from './running-namespace';
import { secretOthersResolver } from './secret-others';
import { workloadFilesResolver } from './workload-files';
import {
  initContainerSecretsResolver,
  sidecarSecretsResolver,
  workloadSecretsResolver,
} from './workload-secrets';
import { workloadUserResolver } from './workload-user';

/** The resolvers of all values that the cluster has. */
export const clusterResolvers: readonly AdoptResolver<RunningNamespace>[] = [
  imageTagResolver,
  imageDigestResolver,
  configDataResolver,
  configOthersResolver,
  secretOthersResolver,
  workloadSecretsResolver,
  initContainerSecretsResolver,
  sidecarSecretsResolver,
  workloadUserResolver,
  workloadFilesResolver,
  migrationCommandResolver,
  metricsWritePathResolver,
  metricsTokenResolver,
  metricsPathResolver,
  latencyHistogramResolver,
  registryUserResolver,
];
