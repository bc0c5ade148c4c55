import { runProgram } from '../../lib/operations/process';

const node = (script: string, call: Partial<Parameters<typeof runProgram>[0]> = {}) =>
  runProgram({ program: process.execPath, args: ['-e', script], ...call });

describe('a program', () => {
  test('reads its input, and what it prints is returned', async () => {
    const echo = 'process.stdin.pipe(process.stdout); console.error("done")';
    expect(await node(echo, { input: 'ä'.repeat(100_000) })).toEqual({
      status: 0,
      stdout: 'ä'.repeat(100_000),
      stderr: 'done\n',
    });
  });

  test('that ends before it has read its input is no error', async () => {
    expect(await node('process.exit(3)', { input: 'x'.repeat(10_000_000) })).toMatchObject({ status: 3 });
  });

  test('hands on its lines as they arrive', async () => {
    const lines: string[] = [];
    await node('process.stdout.write("one\\ntw"); setTimeout(() => process.stdout.write("o\\nthree"), 50)', {
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  test('gets variables, and loses those that are undefined', async () => {
    const { stdout } = await node('console.log(process.env.ONE, process.env.HOME)', {
      environment: { ONE: '1', HOME: undefined },
    });
    expect(stdout).toBe('1 undefined\n');
  });

  test('that is not installed is named, with the way out', async () => {
    await expect(runProgram({ program: 'no-such-program', args: [] })).rejects.toThrow(
      "no-such-program can't be run (ENOENT). Install it, or add its directory to PATH.",
    );
  });

  test('that a signal ended has an exit code of its own', async () => {
    expect(await node('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9e5)')).toMatchObject({
      status: 143,
    });
  });

  test('ends with an abort', async () => {
    const controller = new AbortController();
    const ended = node('console.log("up"); setTimeout(() => {}, 9e5)', {
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(ended).rejects.toThrow(/^Interrupted while /);
  });

  test('does not start after an abort', async () => {
    await expect(node('', { signal: AbortSignal.abort() })).rejects.toThrow(/^Interrupted while /);
  });
});
