import type { Rule } from '../rule';
import { containerImage } from './container-image';
import { containerNames } from './container-names';
import { containerPorts } from './container-ports';
import { drainsConnections } from './drains-connections';
import { graceCoversPreStop } from './grace-covers-pre-stop';
import { hostAliases } from './host-aliases';
import { imageByDigest } from './image-by-digest';
import { initContainersEnd } from './init-containers-end';
import { lifecycleHandlers } from './lifecycle-handlers';
import { podFields } from './pod-fields';
import { portClash } from './port-clash';
import { portNames } from './port-names';
import { probeHandlers } from './probe-handlers';
import { probeHost } from './probe-host';
import { probePaths } from './probe-paths';
import { probePorts } from './probe-ports';
import { probesDiffer } from './probes-differ';
import { probesStated } from './probes-stated';
import { restartPolicy } from './restart-policy';
import { startupBudget } from './startup-budget';
import { uniqueHostPorts } from './unique-host-ports';

export const podsRules: readonly Rule[] = [
  restartPolicy,
  containerNames,
  portNames,
  containerPorts,
  probeHandlers,
  initContainersEnd,
  probeHost,
  hostAliases,
  imageByDigest,
  probesStated,
  probesDiffer,
  probePorts,
  probePaths,
  graceCoversPreStop,
  drainsConnections,
  startupBudget,
  portClash,
  uniqueHostPorts,
  lifecycleHandlers,
  containerImage,
  podFields,
];
