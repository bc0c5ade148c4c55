import type { Rule } from '../rule';
import { containerNames } from './container-names';
import { containerPorts } from './container-ports';
import { duplicateHostPorts } from './duplicate-host-ports';
import { hostAliases } from './host-aliases';
import { hostProbes } from './host-probes';
import { imageNotPinnedByDigest } from './image-not-pinned-by-digest';
import { initContainerProbes } from './init-container-probes';
import { lifecycleHandlers } from './lifecycle-handlers';
import { missingImage } from './missing-image';
import { missingPreStopHook } from './missing-pre-stop-hook';
import { missingProbes } from './missing-probes';
import { podFields } from './pod-fields';
import { podProbesIdentical } from './pod-probes-identical';
import { portConflicts } from './port-conflicts';
import { portNames } from './port-names';
import { probeHandlers } from './probe-handlers';
import { probePaths } from './probe-paths';
import { probePorts } from './probe-ports';
import { restartPolicy } from './restart-policy';
import { startupTime } from './startup-time';
import { terminationGracePeriod } from './termination-grace-period';

export const podsRules: readonly Rule[] = [
  restartPolicy,
  containerNames,
  portNames,
  containerPorts,
  probeHandlers,
  initContainerProbes,
  hostProbes,
  hostAliases,
  imageNotPinnedByDigest,
  missingProbes,
  podProbesIdentical,
  probePorts,
  probePaths,
  terminationGracePeriod,
  missingPreStopHook,
  startupTime,
  portConflicts,
  duplicateHostPorts,
  lifecycleHandlers,
  missingImage,
  podFields,
];
