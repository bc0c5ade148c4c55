import type { Construct } from 'constructs';
import { type PropProblem, refuse } from '../../constructs/props-error';
import { cloudInit, type UserDataSecret } from '../../nodes/cloud-init';
import { nodeScript } from '../../nodes/script';
import { madeNodes } from '../model/made-nodes';
import type { Model } from '../model/model';
import * as kinds from './kinds';
import { expression } from './literal';
import { nodeSetupOf } from './node-scripts';
import type { VariableKind, Variables } from './variables';

/**
 * The user-data of the servers that Terraform creates, by node. Existing servers don't read user-data again.
 *
 * @throws PropsError for each node whose user-data exceeds Hetzner's limit
 */
export function userDataOfMade(
  scope: Construct,
  model: Model,
  variables: Variables,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const problems: PropProblem[] = [];
  for (const name of madeNodes(model)) {
    try {
      texts.set(name, cloudInit(nodeScript(nodeSetupOf(model, name)), secretFiles(variables)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push({ path: ['nodes', name], message: error.message });
    }
  }
  refuse(scope, model, problems);
  return texts;
}

function secretFiles(variables: Variables): UserDataSecret[] {
  const file = (variable: string, description: string, kind: VariableKind): UserDataSecret => {
    variables.secret(variable, description, kind);
    return { name: variable.replaceAll('_', '-'), base64: expression(`base64encode(var.${variable})`) };
  };
  return [
    file(
      'k3s_token',
      'The token with which nodes join the cluster. Keep it: a restore of etcd needs the same token.',
      kinds.k3sToken,
    ),
    file(
      'registry_password',
      'The password with which the nodes pull images from the registry.',
      kinds.password,
    ),
  ];
}
