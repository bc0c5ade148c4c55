import { expiryWarnings } from '../../../lib/deployment/config/findings/expiry';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { run } from '../../support/command';
import { edited, withConfiguration, withDirectory } from '../../support/configuration';

const entry = (expires: string) => [
  { rule: 'label-syntax', objects: ['Deployment shop/cart'], reason: 'It is so.', expires },
];

describe('an acknowledgement that expires', () => {
  test.each([
    ['2026-05-30', []],
    [
      '2026-05-29',
      [expect.stringContaining('acknowledgements[0] (label-syntax) expires on 2026-05-29, in 14 days.')],
    ],
    ['2026-05-16', [expect.stringContaining('in 1 day.')]],
    ['2026-05-15', [expect.stringContaining('which is today.')]],
    ['2026-05-14', [expect.stringContaining('expired on 2026-05-14, and check and synth fail')]],
  ])('on %s is warned of from two weeks before', (expires, warnings) => {
    expect(expiryWarnings(entry(expires), '2026-05-15', 'acknowledgements')).toEqual(warnings);
  });

  const text = edited([
    ['    reason: >-\n      The images', '    expires: 2026-05-20\n    reason: >-\n      The images'],
  ]);

  test('is a warning of the configuration before its day', () => {
    const { warnings } = withConfiguration(text, (path) => loadConfiguration(path, { day: '2026-05-15' }));
    expect(warnings).toEqual([
      expect.stringMatching(/^acknowledgements\[0\] \(high-user-id\) expires on 2026-05-20, in 5 days\./),
    ]);
  });

  const expired = text.replace('2026-05-20', '2020-01-31');

  test('fails synth after its day, which names the way on', () => {
    const { status, stderr } = withConfiguration(expired, (path) =>
      withDirectory((out) => run('synth', '--config', path, '--out', out)),
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining('honeydue synth --allow-expired')]);
  });

  test('is a warning of synth --allow-expired after its day', () => {
    const { status, stdout } = withConfiguration(expired, (path) =>
      withDirectory((out) => run('synth', '--config', path, '--out', out, '--allow-expired')),
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining('(high-user-id) expired on 2020-01-31')]);
  });

  test('fails check, and stops no command that only reads', () => {
    const ends = withConfiguration(expired, (path) =>
      ['check', 'flows', 'drill'].map((command) => run(command, '--config', path).status),
    );
    expect(ends).toEqual([1, 0, 0]);
  });
});
