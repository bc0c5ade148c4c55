import { containers } from '../parts';
import { rule } from '../rule';

export const privilegedPorts = rule({
  id: 'privileged-ports',
  sentence: 'Containers listen on ports from 1024 on.',
  why: 'A lower one needs a capability, and so a container that is more than it has to be.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=privileged-ports',
  severity: 'medium',
  fix: 'Listen on a higher port; the Service may still have the lower one.',
  parts: containers,
  faults: ({ container: { ports = [] } }) =>
    ports.map(
      ({ containerPort = 1024 }, index) =>
        containerPort < 1024 && { path: `ports[${index}].containerPort`, must: 'be at least 1024' },
    ),
});
