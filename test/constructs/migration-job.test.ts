import { MigrationJob, type MigrationJobProps } from '../../lib/constructs/migration-job';
import { at } from '../support/at';
import { objectsOf, ofKind } from '../support/chart';
import { podProps } from '../support/props';

const props: MigrationJobProps = { ...podProps, command: ['/app/migrate', 'up'] };
const job = (more: Partial<MigrationJobProps> = {}) =>
  ofKind(
    objectsOf((chart) => new MigrationJob(chart, 'migration', { ...props, ...more })),
    'Job',
  );
const nameWith = (more: Partial<MigrationJobProps>) => job(more).metadata.name;

describe('MigrationJob', () => {
  test('is named after its template', () => {
    expect(nameWith({})).toMatch(/^migration-[0-9a-f]{10}$/);
  });

  test('keeps its name while nothing changes, whatever the order of keys', () => {
    const { memory, cpu } = props.resources;
    expect(nameWith({ resources: { memory, cpu } })).toBe(nameWith({}));
  });

  test.each<[string, Partial<MigrationJobProps>]>([
    ['image', { image: 'registry.example.com/shop/cart:v3' }],
    ['command', { command: ['/app/migrate', 'up', '--all'] }],
    ['variable', { environment: { VERBOSE: '1' } }],
    ['memory', { resources: { ...props.resources, memory: { request: '64Mi', limit: '256Mi' } } }],
    ['user', { user: 1234 }],
    ['volume', { scratch: { tmp: { directory: '/tmp', sizeLimit: '1Mi' } } }],
    ['pull secret', { imagePullSecret: 'registry' }],
  ])('is another Job with another %s', (_, change) => {
    expect(nameWith(change)).not.toBe(nameWith({}));
  });

  test('is the same Job when only how often it is tried changes, which can be changed in place', () => {
    expect(nameWith({ keepSeconds: 60 })).toBe(nameWith({}));
  });

  test('carries no checksums: new configuration is no reason to migrate again', () => {
    const source = { name: 'shop-config', data: { A: '1' } };
    const environment = { B: { secret: { name: 'shop-secrets', revision: 1 }, key: 'B' } };
    expect(at(job({ envFrom: [source], environment }), 'spec.template.metadata')).not.toHaveProperty(
      'annotations',
    );
  });

  test('ends: it is tried three times, for 15 minutes, and never restarted in place', () => {
    expect(at(job(), 'spec')).toMatchObject({
      backoffLimit: 2,
      activeDeadlineSeconds: 900,
      template: { spec: { restartPolicy: 'Never' } },
    });
  });

  test('cleans up after itself in a day', () => {
    expect(at(job(), 'spec.ttlSecondsAfterFinished')).toBe(86_400);
  });

  test('says that running it again must be harmless', () => {
    expect(job().metadata.annotations?.['kubernetes.io/description']).toContain('must be safe to run again');
  });

  test.each([[[]], [['', 'up']]])('refuses to run nothing: %j', (command) => {
    expect(() => job({ command })).toThrow(
      'shop/migration.command is empty; set it to the program that migrates the database',
    );
  });

  test.each([
    [{ attempts: 0 }, 'attempts is 0; it must be an integer from 1 to 10'],
    [{ deadlineSeconds: 0 }, 'deadlineSeconds is 0; it must be an integer from 1 to 86400 seconds'],
    [{ keepSeconds: -1 }, 'keepSeconds is -1; it must be an integer from 0 to 2592000 seconds'],
    [{ user: 0 }, 'user is 0; it must be an integer from 1'],
  ])('refuses %j', (props, message) => {
    expect(() => job(props)).toThrow(`shop/migration.${message}`);
  });

  test('refuses a name that leaves no room for the hash', () => {
    expect(() => job({ name: 'm'.repeat(53) })).toThrow('at most 52 characters');
    expect(job({ name: 'm'.repeat(52) }).metadata.name).toHaveLength(63);
  });
});
