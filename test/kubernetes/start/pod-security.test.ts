import type { PodSpec } from '../../../imports/kubernetes/kinds';
import {
  isForbidden,
  podSecurityFaults,
  podSecurityLabel,
  podSecurityLevel,
} from '../../../lib/kubernetes/start/pod-security';

const hardened = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

function checks(change: Partial<PodSpec>, container: object = {}, securityContext: object = {}): string[] {
  const main = { name: 'main', securityContext: { ...hardened, ...securityContext }, ...container };
  return podSecurityFaults({ containers: [main], ...change }).map(({ level, check }) => `${level} ${check}`);
}

describe('Pod Security', () => {
  test('forbids nothing of a hardened pod', () => {
    expect(checks({})).toEqual([]);
  });

  test.each<[string, Partial<PodSpec>, object?, object?]>([
    ['baseline host namespaces', { hostPID: true }],
    ['baseline host namespaces', { hostNetwork: true }],
    ['baseline hostPath', { volumes: [{ name: 'a', hostPath: { path: '/' } }] }],
    ['baseline sysctls', { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
    ['restricted volume types', { volumes: [{ name: 'a', nfs: { path: '/', server: 'a' } }] }],
    ['baseline privileged', {}, {}, { privileged: true }],
    ['baseline added capabilities', {}, {}, { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }],
    ['restricted capabilities', {}, {}, { capabilities: { drop: ['ALL'], add: ['CHOWN'] } }],
    ['restricted capabilities', {}, {}, { capabilities: {} }],
    ['baseline host ports', {}, { ports: [{ containerPort: 80, hostPort: 80 }] }],
    ['baseline probe hosts', {}, { livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } }],
    ['baseline probe hosts', {}, { lifecycle: { preStop: { tcpSocket: { host: 'a', port: 80 } } } }],
    ['baseline appArmor', {}, {}, { appArmorProfile: { type: 'Unconfined' } }],
    ['baseline seLinux', {}, {}, { seLinuxOptions: { type: 'spc_t' } }],
    ['baseline procMount', {}, {}, { procMount: 'Unmasked' }],
    ['baseline unconfined seccomp', {}, {}, { seccompProfile: { type: 'Unconfined' } }],
    ['baseline hostProcess', {}, {}, { windowsOptions: { hostProcess: true } }],
    ['restricted privilege escalation', {}, {}, { allowPrivilegeEscalation: undefined }],
    ['restricted run as root', {}, {}, { runAsNonRoot: undefined }],
    ['restricted run as root', {}, {}, { runAsUser: 0 }],
    ['restricted seccomp', {}, {}, { seccompProfile: undefined }],
  ])('forbids by %s', (expected, spec, container = {}, context = {}) => {
    expect(checks(spec, container, context)).toEqual([expected]);
  });

  test("takes what the pod states for its containers' own", () => {
    const { runAsNonRoot: _, ...rest } = hardened;
    const bare = { name: 'main', securityContext: rest };
    expect(podSecurityFaults({ securityContext: { runAsNonRoot: true }, containers: [bare] })).toEqual([]);
  });

  test('asks a Windows pod for nothing that only Linux has', () => {
    const windows = { name: 'main', securityContext: { runAsNonRoot: true } };
    expect(podSecurityFaults({ os: { name: 'windows' }, containers: [windows] })).toEqual([]);
  });

  test('forbids by a stricter level what a less strict one forbids', () => {
    const [fault] = podSecurityFaults({ hostPID: true, containers: [] });
    const levels = ['privileged', 'baseline', 'restricted'] as const;
    expect(levels.map((level) => fault !== undefined && isForbidden(fault, level))).toEqual([
      ...[false, true, true],
    ]);
  });

  test('is privileged without a label', () => {
    expect([podSecurityLevel({}), podSecurityLevel({ [podSecurityLabel]: 'baseline' })]).toEqual([
      ...['privileged', 'baseline'],
    ]);
  });
});
