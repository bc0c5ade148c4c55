import { spawnSync } from 'node:child_process';
import { rangesFiles } from '../../lib/nodes/cloudflare-ranges';
import { available } from '../support/programs';
import { Machine } from './machine';

const stated = ['173.245.48.0/20', '104.16.0.0/13', '2400:cb00::/32'];
const program = rangesFiles(stated).find(({ mode }) => mode === '0755')?.text ?? '';

describe('the comparison of the ranges', () => {
  const machine = new Machine();
  afterAll(() => machine.close());

  /** With the list where the machine has it. */
  function compare(ipv4: string, ipv6 = '2400:cb00::/32') {
    machine.state('ips-v4', `${ipv4}\n`);
    machine.state('ips-v6', `${ipv6}\n`);
    const list = rangesFiles(stated)[0];
    machine.write(list?.path ?? '', list?.text ?? '');
    const text = program.replace(list?.path ?? '', `${machine.root}${list?.path}`);
    return machine.run(text);
  }

  test('is content with the same ranges in another order', () => {
    const { status, output } = compare('104.16.0.0/13\n173.245.48.0/20');
    expect([status, output]).toEqual([0, '']);
  });

  test('alarms about a range that is new', () => {
    const { status, output } = compare('104.16.0.0/13\n173.245.48.0/20\n198.41.128.0/17');
    expect([status, output]).toEqual([1, expect.stringContaining('\n<3>> 198.41.128.0/17\n')]);
  });

  test('alarms about a range that is gone', () => {
    const { status, output } = compare('173.245.48.0/20');
    expect([status, output]).toEqual([1, expect.stringContaining('\n<3>< 104.16.0.0/13\n')]);
  });

  test('says that it could not look, and not that something differs', () => {
    machine.state('cloudflare-down');
    const { status, output } = compare('173.245.48.0/20');
    machine.remove('../state/cloudflare-down');
    expect([status, output]).toEqual([2, expect.stringMatching(/^<3>\S+ips-v4 can't be read/)]);
  });

  test('changes nothing', () => {
    expect(compare('1.1.1.0/24').calls).toEqual([]);
  });

  (available('shellcheck') ? test : test.skip)('is accepted by shellcheck', () => {
    expect(spawnSync('shellcheck', ['-'], { input: program, encoding: 'utf8' }).stdout).toBe('');
  });
});
