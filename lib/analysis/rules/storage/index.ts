import type { Rule } from '../rule';
import { accessModes } from './access-modes';
import { boundedScratch } from './bounded-scratch';
import { claimReferences } from './claim-references';
import { claims } from './claims';
import { exclusiveVolume } from './exclusive-volume';
import { fileModes } from './file-modes';
import { mountPaths } from './mount-paths';
import { pinnedVolume } from './pinned-volume';
import { redisMemory } from './redis-memory';
import { volumeMounts } from './volume-mounts';
import { volumeSources } from './volume-sources';
import { volumeTypes } from './volume-types';
import { volumes } from './volumes';

export const storageRules: readonly Rule[] = [
  volumes,
  volumeMounts,
  mountPaths,
  claims,
  boundedScratch,
  volumeTypes,
  claimReferences,
  accessModes,
  exclusiveVolume,
  pinnedVolume,
  redisMemory,
  fileModes,
  volumeSources,
];
