import type { Container, PodSpec, SecurityContext } from '../../../imports/kubernetes/kinds';
import { baselineCapabilities, containerTypes, restrictedVolumes, safeSysctls } from './pod-security-allowed';

/**
 * Pod Security levels, from the most permissive to the strictest. Without a label, a namespace has the level
 * privileged.
 */
export const podSecurityLevels = ['privileged', 'baseline', 'restricted'] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** The label that sets the Pod Security level of a namespace. */
export const podSecurityLabel = 'pod-security.kubernetes.io/enforce';

/** A field of a pod that violates a Pod Security level. */
export interface PodSecurityFault {
  /** The most permissive level that the field violates. */
  readonly level: Exclude<PodSecurityLevel, 'privileged'>;
  readonly check: string;
  /** The name of the container. Undefined if the field is in the pod spec itself. */
  readonly container: string | undefined;
  /** Path in the pod spec. */
  readonly path: string;
  /** A predicate for a sentence whose subject is the pod or the container, such as `is privileged`. */
  readonly what: string;
}

type Found = Omit<PodSecurityFault, 'level' | 'check' | 'container'> | false;

interface CheckedPod {
  readonly spec: PodSpec;
  readonly annotations: Readonly<Record<string, string>>;
}

interface PodSecurityCheck<Subject> {
  readonly level: PodSecurityFault['level'];
  /** Whether the check applies only to Linux pods. */
  readonly isLinux?: true;
  readonly faults: (subject: Subject) => readonly Found[];
}

const podChecks: Readonly<Record<string, PodSecurityCheck<CheckedPod>>> = {
  'host namespaces': {
    level: 'baseline',
    faults: ({ spec }) =>
      (['hostNetwork', 'hostPID', 'hostIPC'] as const).map(
        (field) => spec[field] === true && { path: field, what: `has ${field}: true` },
      ),
  },
  hostPath: {
    level: 'baseline',
    faults: ({ spec: { volumes = [] } }) =>
      volumes.map(
        ({ hostPath }, index) =>
          hostPath !== undefined && {
            path: `volumes[${index}].hostPath`,
            what: `mounts the hostPath ${hostPath.path}`,
          },
      ),
  },
  sysctls: {
    level: 'baseline',
    faults: ({ spec: { securityContext } }) =>
      (securityContext?.sysctls ?? []).map(
        ({ name = '' }, index) =>
          !safeSysctls.includes(name) && {
            path: `securityContext.sysctls[${index}]`,
            what: `sets the sysctl ${name}`,
          },
      ),
  },
  'volume types': {
    level: 'restricted',
    faults: ({ spec: { volumes = [] } }) =>
      volumes.flatMap((volume, index) =>
        Object.keys(volume).map(
          (type) =>
            !['name', 'hostPath', ...restrictedVolumes].includes(type) && {
              path: `volumes[${index}].${type}`,
              what: `has a volume of type ${type}`,
            },
        ),
      ),
  },
};

interface CheckedContainer extends CheckedPod {
  readonly container: Container;
  readonly own: SecurityContext;
  readonly shared: NonNullable<PodSpec['securityContext']>;
}

const containerChecks: Readonly<Record<string, PodSecurityCheck<CheckedContainer>>> = {
  privileged: {
    level: 'baseline',
    faults: ({ own }) => [
      own.privileged === true && { path: 'securityContext.privileged', what: 'is privileged' },
    ],
  },
  'added capabilities': {
    level: 'baseline',
    faults: ({ own }) =>
      (own.capabilities?.add ?? []).map(
        (name, index) =>
          !baselineCapabilities.includes(name) && {
            path: `securityContext.capabilities.add[${index}]`,
            what: `adds the capability ${name}`,
          },
      ),
  },
  'host ports': {
    level: 'baseline',
    faults: ({ container: { ports = [] } }) =>
      ports.map(
        ({ hostPort }, index) =>
          (hostPort ?? 0) !== 0 && {
            path: `ports[${index}].hostPort`,
            what: `uses hostPort ${hostPort}`,
          },
      ),
  },
  'probe hosts': {
    level: 'baseline',
    faults: ({ container }) => [
      ...(['livenessProbe', 'readinessProbe', 'startupProbe'] as const).map((probe) => {
        const { httpGet, tcpSocket } = container[probe] ?? {};
        const host = httpGet?.host ?? tcpSocket?.host ?? '';
        return host !== '' && { path: probe, what: `has a ${probe} with the host ${host}` };
      }),
      ...(['postStart', 'preStop'] as const).map((hook) => {
        const { httpGet, tcpSocket } = container.lifecycle?.[hook] ?? {};
        const host = httpGet?.host ?? tcpSocket?.host ?? '';
        return host !== '' && { path: `lifecycle.${hook}`, what: `has a ${hook} with the host ${host}` };
      }),
    ],
  },
  appArmor: {
    level: 'baseline',
    faults: ({ container, own, shared, annotations }) => [
      ((own.appArmorProfile ?? shared.appArmorProfile)?.type === 'Unconfined' ||
        annotations[`container.apparmor.security.beta.kubernetes.io/${container.name}`] === 'unconfined') && {
        path: 'securityContext.appArmorProfile',
        what: 'is unconfined by AppArmor',
      },
    ],
  },
  seLinux: {
    level: 'baseline',
    faults: ({ own, shared }) =>
      [own, shared].map(({ seLinuxOptions: { user = '', role = '', type = '' } = {} }) => {
        const isOwn = user !== '' || role !== '' || !containerTypes.includes(type);
        return isOwn && { path: 'securityContext.seLinuxOptions', what: 'has custom SELinux options' };
      }),
  },
  procMount: {
    level: 'baseline',
    faults: ({ own }) => [
      (own.procMount ?? 'Default') !== 'Default' && {
        path: 'securityContext.procMount',
        what: 'has an unmasked /proc (procMount)',
      },
    ],
  },
  'unconfined seccomp': {
    level: 'baseline',
    faults: ({ own, shared }) => [
      (own.seccompProfile ?? shared.seccompProfile)?.type === 'Unconfined' && {
        path: 'securityContext.seccompProfile',
        what: 'is unconfined by seccomp',
      },
    ],
  },
  hostProcess: {
    level: 'baseline',
    faults: ({ own, shared }) => [
      (own.windowsOptions ?? shared.windowsOptions)?.hostProcess === true && {
        path: 'securityContext.windowsOptions.hostProcess',
        what: 'is a Windows HostProcess container',
      },
    ],
  },
  'privilege escalation': {
    level: 'restricted',
    isLinux: true,
    faults: ({ own }) => [
      own.allowPrivilegeEscalation !== false && {
        path: 'securityContext.allowPrivilegeEscalation',
        what: 'may gain privileges (allowPrivilegeEscalation is not false)',
      },
    ],
  },
  'run as root': {
    level: 'restricted',
    faults: ({ own, shared }) => [
      (own.runAsNonRoot ?? shared.runAsNonRoot) !== true && {
        path: 'securityContext.runAsNonRoot',
        what: 'may run as root (runAsNonRoot is not true)',
      },
      (own.runAsUser ?? shared.runAsUser) === 0 && {
        path: 'securityContext.runAsUser',
        what: 'runs as root (runAsUser is 0)',
      },
    ],
  },
  seccomp: {
    level: 'restricted',
    isLinux: true,
    faults: ({ own, shared }) => [
      (own.seccompProfile ?? shared.seccompProfile)?.type === undefined && {
        path: 'securityContext.seccompProfile',
        what: 'has no seccompProfile',
      },
    ],
  },
  capabilities: {
    level: 'restricted',
    isLinux: true,
    faults: ({ own: { capabilities: { drop = [], add = [] } = {} } }) => [
      !drop.includes('ALL') && {
        path: 'securityContext.capabilities.drop',
        what: 'keeps the default capabilities (capabilities.drop lacks ALL)',
      },
      ...add.map(
        (name, index) =>
          baselineCapabilities.includes(name) &&
          name !== 'NET_BIND_SERVICE' && {
            path: `securityContext.capabilities.add[${index}]`,
            what: `adds the capability ${name}`,
          },
      ),
    ],
  },
};

/**
 * The fields of a pod that violate Pod Security levels, as of Kubernetes 1.34.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityFaults(
  spec: PodSpec,
  annotations: Readonly<Record<string, string>> = {},
): PodSecurityFault[] {
  const isWindows = (spec as { os?: { name?: string } }).os?.name === 'windows';
  const checked = { spec, annotations };
  const shared = spec.securityContext ?? {};
  return [
    ...findFaults(podChecks, checked, isWindows, '', undefined),
    ...(['initContainers', 'containers'] as const).flatMap((list) =>
      (spec[list] ?? []).flatMap((container, index) => {
        const subject = { ...checked, container, own: container.securityContext ?? {}, shared };
        const path = `${list}[${index}].`;
        return findFaults(containerChecks, subject, isWindows, path, container.name ?? `of index ${index}`);
      }),
    ),
  ];
}

function findFaults<Subject>(
  checks: Readonly<Record<string, PodSecurityCheck<Subject>>>,
  subject: Subject,
  isWindows: boolean,
  prefix: string,
  container: string | undefined,
): PodSecurityFault[] {
  return Object.entries(checks).flatMap(([check, { level, isLinux, faults }]) =>
    isLinux === true && isWindows
      ? []
      : faults(subject).flatMap((fault) =>
          fault === false ? [] : [{ level, check, container, path: prefix + fault.path, what: fault.what }],
        ),
  );
}

/** Whether an enforced level forbids a field. */
export function isForbidden({ level }: PodSecurityFault, enforced: PodSecurityLevel): boolean {
  return podSecurityLevels.indexOf(enforced) >= podSecurityLevels.indexOf(level);
}

/** The Pod Security level in the labels of a namespace. An invalid value counts as the default. */
export function podSecurityLevel(labels: Readonly<Record<string, string>> = {}): PodSecurityLevel {
  return podSecurityLevels.find((level) => level === labels[podSecurityLabel]) ?? 'privileged';
}

/** The violation as a clause: `container main is privileged`, `the pod has hostPID: true` */
export function describeFault({ container, what }: PodSecurityFault): string {
  return container === undefined ? `the pod ${what}` : `container ${container} ${what}`;
}
