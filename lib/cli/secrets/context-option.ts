import { Option } from 'commander';
import { nameOf } from '../configuration-option';

/** The options that select the cluster. */
export function contextOption(): Option {
  return new Option('--context <context>', 'the kubeconfig context of the cluster')
    .argParser(nameOf('a context'))
    .default(undefined, "kubectl's current one");
}
