import type { Rule } from '../rule';
import { accessModes } from './access-modes';
import { claimFields } from './claim-fields';
import { claimReferences } from './claim-references';
import { emptyDirSizeLimit } from './empty-dir-size-limit';
import { fileModes } from './file-modes';
import { localVolumeNodeAffinity } from './local-volume-node-affinity';
import { mountPaths } from './mount-paths';
import { redisMaxmemory } from './redis-maxmemory';
import { singleWriterVolume } from './single-writer-volume';
import { volumeMounts } from './volume-mounts';
import { volumeSources } from './volume-sources';
import { volumeTypes } from './volume-types';
import { volumes } from './volumes';

export const storageRules: readonly Rule[] = [
  volumes,
  volumeMounts,
  mountPaths,
  claimFields,
  emptyDirSizeLimit,
  volumeTypes,
  claimReferences,
  accessModes,
  singleWriterVolume,
  localVolumeNodeAffinity,
  redisMaxmemory,
  fileModes,
  volumeSources,
];
