import { BootedMachine, canBoot } from './booted';
import { scriptOf } from './setups';

const script = scriptOf({ cluster: { metricsPorts: [] } });

(canBoot ? describe : describe.skip)('a booted machine', () => {
  const machine = new BootedMachine();
  let first: string;
  let second: string;

  beforeAll(() => {
    machine.boot();
    first = machine.script(script).output;
    second = machine.script(script).output;
  });

  afterAll(() => machine.close());

  test('becomes what the script says, and stays so', () => {
    console.log(first);
    console.log(second);
  });
});
