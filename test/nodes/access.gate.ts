import { accessScriptOf, key, Machine, type Run, scriptOf } from './machine';

/** Whole runs, of which each takes its part of a second. */
const script = scriptOf();
const access = accessScriptOf();
const operator = { SSH_CONNECTION: '84.30.0.7 50000 84.20.10.1 22' };
const machines: Machine[] = [];
let ready: Machine;

function machine(like?: Machine): Machine {
  const made = new Machine(like);
  machines.push(made);
  return made;
}

/** A machine on which the script has run, once for all tests. */
function setUp(): Machine {
  return machine(ready);
}

/** What a run says after `differs:`, `mending:` and the like. */
const said = ({ output }: Run, word: string) =>
  output.split('\n').flatMap((line) => (line.startsWith(`${word}: `) ? [line.slice(word.length + 2)] : []));

beforeAll(() => {
  ready = machine();
  ready.run(script);
});

afterAll(() => {
  for (const made of machines) made.close();
});

describe('what would lock the operator out is refused:', () => {
  const refused = (text: string, env: Record<string, string>, message: string) => {
    const { status, output, calls } = sound.run(text, [], env);
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain(message);
  };
  let sound: Machine;

  beforeAll(() => {
    sound = setUp();
  });

  test('logging on from a network that may not come in', () => {
    const env = { SSH_CONNECTION: '91.1.1.1 50000 84.20.10.1 22' };
    refused(access, env, 'you are logged on from 91.1.1.1, but access.networks allows only');
  });

  test('a port over which no login has succeeded', () => {
    const moved = accessScriptOf({ access: { sshPorts: [2222] } });
    refused(moved, operator, 'you are logged on over port 22, but sshd would then listen only on 2222');
  });

  test('keys that do not include one accepted today', () => {
    const other = accessScriptOf({ access: { authorizedKeys: [key.replaceAll('A', 'B')] } });
    refused(other, operator, 'this would remove every SSH key with which deploy can log on today');
  });

  test('a configuration that sshd does not read', () => {
    const node = setUp();
    node.state('refuses-sshd');
    const both = accessScriptOf({ access: { sshPorts: [22, 2222] } });
    expect(node.run(both).output).toContain('sshd refuses the new /etc/ssh/sshd_config.d/10-honeydue.conf');
    expect(node.read('/etc/ssh/sshd_config.d/10-honeydue.conf')).not.toContain('2222');
  });

  test('sudoers that sudo does not read', () => {
    const node = machine();
    node.state('refuses-visudo');
    node.run(access);
    expect(node.has('/etc/sudoers.d/90-honeydue')).toBe(false);
  });

  test('but a move by way of both ports goes through', () => {
    const node = setUp();
    expect(node.run(accessScriptOf({ access: { sshPorts: [22, 2222] } })).status).toBe(0);
    const moved = accessScriptOf({ access: { sshPorts: [2222] } });
    const { status, calls } = node.run(moved, [], { SSH_CONNECTION: '84.30.0.7 50000 84.20.10.1 2222' });
    expect(status).toBe(0);
    expect(calls).toContain('ufw --force delete allow from 84.30.0.0/24 to any port 22,2222,6443 proto tcp');
  });

  test('another machine', () => {
    const node = machine();
    node.state('hostname', 'second.example.com\n');
    const { status, output } = node.run(access);
    expect([status, output]).toEqual([
      2,
      'failed: this host is second.example.com, but the script is for first.example.com. Nothing was changed.\n',
    ]);
  });
});

describe('a socket-activated sshd', () => {
  test('gives its ports to systemd, and nothing comes between', () => {
    const node = setUp();
    node.state('active/ssh.socket');
    const { calls } = node.run(accessScriptOf({ access: { sshPorts: [22, 2222] } }));
    const at = calls.indexOf('systemctl stop ssh.service');
    expect(calls.slice(at - 1, at + 2)).toEqual([
      'systemctl daemon-reload',
      'systemctl stop ssh.service',
      'systemctl restart ssh.socket',
    ]);
  });
});

describe('a run that is killed', () => {
  test('is finished by the next one', () => {
    const node = setUp();
    const both = accessScriptOf({ access: { sshPorts: [22, 2222] } });
    node.state('killed-at-restart-ssh.service');
    expect(node.run(both).status).toBe(null);
    const check = node.run(both, ['--check']);
    expect(said(check, 'differs')).toContain('an earlier run was interrupted before this step: reload-ssh ');
    expect(node.run(both).calls).toContain('systemctl restart ssh.service');
    expect(node.run(both, ['--check']).status).toBe(0);
  });
});

describe('a program that fails', () => {
  test('is named, and the next run goes on', () => {
    const node = setUp();
    node.remove('../state/packages/fail2ban');
    node.state('refuses-apt-get');
    const { status, output } = node.run(script);
    expect([status, output]).toEqual([2, expect.stringContaining('\nfailed: apt-get update -q fails.\n')]);
    node.remove('../state/refuses-apt-get');
    expect(node.run(script).status).toBe(0);
  });
});

describe('a program that fails on the way', () => {
  test('is named with the values, and without the text of the script', () => {
    const node = setUp();
    node.state('sysctl/kernel.panic', '0\n');
    node.state('refuses-sysctl');
    const { status, output } = node.run(script);
    expect([status, output]).toEqual([
      2,
      expect.stringContaining(
        'failed: sysctl -q -w (exit code 255), while mending: kernel.panic is 0, but must be 10\n',
      ),
    ]);
    expect(output).not.toMatch(/\$[\w@"]/);
  });
});

describe('values that only the operator knows', () => {
  const unknown = scriptOf({
    access: { authorizedKeys: undefined, networks: undefined },
    unresolved: [{ path: 'access.networks', find: "ask 'who'" }],
  });

  test('are asked for before anything is changed', () => {
    const { status, output, calls } = machine().run(unknown);
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain("refused: access.networks is unresolved; to find the value: ask 'who'\n");
  });

  test('do not keep --check from showing the rest, and close nothing that is open', () => {
    const node = setUp();
    const check = node.run(unknown, ['--check']);
    expect(check.status).toBe(2);
    expect(check.output).not.toContain('that is not in the configuration');
  });
});

describe('a ufw that shows rules in other words', () => {
  test('loses none of them', () => {
    const node = setUp();
    node.state('ufw-rewords');
    const more = accessScriptOf({ access: { networks: ['84.30.0.0/24', '84.31.0.0/24'] } });
    const { status, output, calls } = node.run(more);
    expect([status, calls.filter((call) => call.includes('delete'))]).toEqual([2, []]);
    expect(output).toContain('ufw accepted this rule, but lists it in another form: allow from 84.31.0.0/24');
  });
});
