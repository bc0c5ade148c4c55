import { containers } from '../parts';
import { rule } from '../rule';

export const privilegedPorts = rule({
  id: 'privileged-ports',
  sentence: 'Containers listen only on ports from 1024 to 65535.',
  why: 'To listen on a lower port, a program needs a capability or root.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=privileged-ports',
  severity: 'medium',
  fix: 'Listen on a higher port. The Service may keep the low port.',
  parts: containers,
  faults: ({ container: { ports = [] } }) =>
    ports.map(
      ({ containerPort = 1024 }, index) =>
        containerPort < 1024 && { path: `ports[${index}].containerPort`, must: 'be at least 1024' },
    ),
});
