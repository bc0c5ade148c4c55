import type { Rule } from '../rule';
import { apparmorProfile } from './apparmor-profile';
import { automountServiceAccountToken } from './automount-service-account-token';
import { conflictingPrivileges } from './conflicting-privileges';
import { dedicatedServiceAccount } from './dedicated-service-account';
import { deprecatedServiceAccountField } from './deprecated-service-account-field';
import { dropCapabilities } from './drop-capabilities';
import { highUserId } from './high-user-id';
import { hostNamespaces } from './host-namespaces';
import { hostProcess } from './host-process';
import { noReadOnlyRootFs } from './no-read-only-root-fs';
import { podSecurityLabels } from './pod-security-labels';
import { privilegeEscalation } from './privilege-escalation';
import { privilegedContainer } from './privileged-container';
import { privilegedPorts } from './privileged-ports';
import { runAsNonRoot } from './run-as-non-root';
import { seccompProfile } from './seccomp-profile';
import { selinuxOptions } from './selinux-options';
import { sharedProcessNamespace } from './shared-process-namespace';
import { sshPort } from './ssh-port';
import { unsafeProcMount } from './unsafe-proc-mount';
import { unsafeSysctls } from './unsafe-sysctls';

export const securityRules: readonly Rule[] = [
  conflictingPrivileges,
  runAsNonRoot,
  highUserId,
  seccompProfile,
  privilegeEscalation,
  privilegedContainer,
  dropCapabilities,
  noReadOnlyRootFs,
  hostNamespaces,
  hostProcess,
  privilegedPorts,
  unsafeProcMount,
  unsafeSysctls,
  selinuxOptions,
  apparmorProfile,
  sharedProcessNamespace,
  sshPort,
  dedicatedServiceAccount,
  automountServiceAccountToken,
  deprecatedServiceAccountField,
  podSecurityLabels,
];
