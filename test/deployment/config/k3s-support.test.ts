import { check } from '../../../lib/analysis/rules/check';
import { synthesize } from '../../../lib/cli/synthesize';
import { supportRule } from '../../../lib/deployment/checks/support-rule';
import { k3sSupport } from '../../../lib/deployment/config/findings/k3s-support';
import { edited, withConfiguration } from '../../support/configuration';

const acknowledged = `  - rule: k3s-end-of-support
    objects: [Namespace honeydue]
    reason: Production runs this release.
`;

describe('the end of support', () => {
  test('61 days before it nothing is said', () => {
    expect(k3sSupport('v1.36.5+k3s1', '2027-04-28')).toEqual({});
  });

  test('from 60 days before it is a warning, with the next minor version', () => {
    expect(k3sSupport('v1.36.5+k3s1', '2027-04-29')).toEqual({
      endsSoon:
        'k3s v1.36.5+k3s1 runs Kubernetes 1.36, whose support ends on 2027-06-28, in 60 days. From that date on, the rule k3s-end-of-support fails every synth. Upgrade to v1.37.1+k3s1 (until 2027-10-28). `npx honeydue upgrade --to v1.37.1+k3s1` rehearses the upgrade.',
    });
  });

  test('on its last day it is still a warning', () => {
    expect(k3sSupport('v1.36.5+k3s1', '2027-06-28').endsSoon).toContain('in 0 days');
  });

  test('afterwards it is a finding, with all steps', () => {
    expect(k3sSupport('v1.34.6+k3s1', '2026-10-28')).toEqual({
      ended:
        "k3s v1.34.6+k3s1 runs Kubernetes 1.34, which has had no security updates since 2026-10-27. Upgrade to v1.35.9+k3s1 (until 2027-02-28), then v1.36.5+k3s1 (until 2027-06-28), then v1.37.1+k3s1 (until 2027-10-28). `npx honeydue upgrade --to v1.35.9+k3s1` rehearses the first step. A step can't skip a minor version.",
    });
  });

  test('of the last known minor version names no next one', () => {
    expect(k3sSupport('v1.37.1+k3s1', '2027-10-29').ended).toContain(
      'This version of the tool knows no later release',
    );
  });

  test('of a minor version that is not known is not known', () => {
    expect(k3sSupport('v1.39.1+k3s1', '2099-01-01')).toEqual({});
  });
});

describe('the rule', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

  test('has a finding at the namespace once it has ended', () => {
    const { open } = check([namespace], { rules: [supportRule({ ended: 'It has ended.' })] });
    expect(open.map(({ object, message }) => `${object}: ${message}`)).toEqual([
      'Namespace shop: It has ended.',
    ]);
  });

  test('has none before', () => {
    expect(check([namespace], { rules: [supportRule({ endsSoon: 'Soon.' })] }).open).toEqual([]);
  });

  test('refuses a synth that does not acknowledge it', () => {
    const load = (path: string) => synthesize(path, undefined, { day: '2026-10-28' });
    expect(() => withConfiguration(edited([[acknowledged, '']]), load)).toThrow(
      /k3s-end-of-support[\s\S]*has had no security updates since 2026-10-27/,
    );
  });

  test('is a warning of a synth before', () => {
    const load = (path: string) => synthesize(path, undefined, { day: '2026-10-01' });
    const { warnings } = withConfiguration(edited([[acknowledged, '']]), load);
    expect(warnings).toEqual([expect.stringContaining('whose support ends on 2026-10-27, in 26 days')]);
  });
});
