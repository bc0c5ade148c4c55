import { TerraformVariable, type TerraformVariableConfig, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Path } from '../../input/source';
import { formatPath } from '../../input/source';
import { isUnresolved, type Resolvable } from '../config/schema/unresolved';
import { terraformVariableName } from '../model/asked';
import { expression, literal, quoted } from './literal';

/** The validation of a variable. */
export interface VariableKind {
  readonly type: 'string' | 'list(string)';
  /** A Terraform expression that is true for a valid value; `self` is the variable. */
  readonly condition: string;
  /** A full sentence, as Terraform requires. */
  readonly message: string;
}

/** Matches the whole string. */
export function matching(pattern: RegExp, message: string): VariableKind {
  return { type: 'string', condition: `can(regex(${quoted(pattern.source)}, self))`, message };
}

/** The variables of a stack: secrets and unresolved values. None has a default. */
export class Variables extends Construct {
  private readonly known = new Set<string>();

  /** A sensitive variable. */
  secret(name: string, description: string, kind: VariableKind): string {
    return expression(this.variable(name, description, kind, { sensitive: true }));
  }

  /** The value of the configuration, or a variable if it is unresolved. */
  text(place: Path, value: Resolvable<string>, kind: VariableKind): string {
    return isUnresolved(value) ? expression(this.asked(place, value.unresolved, kind)) : literal(value);
  }

  /** The same for a list. */
  list(place: Path, value: Resolvable<readonly string[]>, kind: VariableKind): string[] {
    if (!isUnresolved(value)) return value.map(literal);
    return Token.asList(expression(this.asked(place, value.unresolved, kind)));
  }

  /** The reference to the variable of an unresolved value. */
  asked(place: Path, find: string, kind: VariableKind): string {
    const description = `${formatPath(place)} of the configuration. To find it out: ${find}`;
    return this.variable(terraformVariableName(place), description, kind);
  }

  private variable(
    name: string,
    description: string,
    { type, condition, message }: VariableKind,
    more: TerraformVariableConfig = {},
  ): string {
    const reference = `var.${name}`;
    if (this.known.has(name)) return reference;
    this.known.add(name);
    new TerraformVariable(this, reference, {
      type,
      description: literal(description),
      nullable: false,
      ...more,
      validation: [{ condition: expression(condition.replaceAll('self', reference)), errorMessage: message }],
    });
    return reference;
  }
}
