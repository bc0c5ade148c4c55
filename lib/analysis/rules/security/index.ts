import type { Rule } from '../rule';
import { apparmorProfile } from './apparmor-profile';
import { deprecatedServiceAccount } from './deprecated-service-account';
import { dropCapabilities } from './drop-capabilities';
import { highUserId } from './high-user-id';
import { hostNamespaces } from './host-namespaces';
import { hostProcess } from './host-process';
import { noServiceAccountToken } from './no-service-account-token';
import { ownServiceAccount } from './own-service-account';
import { podSecurityAdmits } from './pod-security-admits';
import { podSecurityLabels } from './pod-security-labels';
import { privilegeAgrees } from './privilege-agrees';
import { privilegeEscalation } from './privilege-escalation';
import { privileged } from './privileged';
import { procMount } from './proc-mount';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { runAsNonRoot } from './run-as-non-root';
import { seccompProfile } from './seccomp-profile';
import { selinuxOptions } from './selinux-options';
import { sharedProcessNamespace } from './shared-process-namespace';
import { sshPort } from './ssh-port';
import { sysctls } from './sysctls';
import { unprivilegedPorts } from './unprivileged-ports';

export const securityRules: readonly Rule[] = [
  privilegeAgrees,
  runAsNonRoot,
  highUserId,
  seccompProfile,
  privilegeEscalation,
  privileged,
  dropCapabilities,
  readOnlyRootFilesystem,
  hostNamespaces,
  hostProcess,
  unprivilegedPorts,
  procMount,
  sysctls,
  selinuxOptions,
  apparmorProfile,
  sharedProcessNamespace,
  sshPort,
  ownServiceAccount,
  noServiceAccountToken,
  deprecatedServiceAccount,
  podSecurityAdmits,
  podSecurityLabels,
];
