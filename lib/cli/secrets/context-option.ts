import { Option } from 'commander';
import { nameOf } from '../configuration-option';

/** Which cluster a command asks. */
export function contextOption(): Option {
  return new Option('--context <context>', 'the cluster, as a context of the kubeconfig')
    .argParser(nameOf('a context'))
    .default(undefined, "kubectl's current one");
}
