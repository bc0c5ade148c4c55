import { TerraformVariable, type TerraformVariableConfig, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Path } from '../../input/source';
import { formatPath } from '../../input/source';
import { isUnresolved, type Resolvable } from '../config/schema/unresolved';
import { terraformVariableName } from '../model/asked';
import { expression, literal, quoted } from './literal';

/** A kind of Terraform variable: its type and its validation. */
export interface VariableKind {
  readonly type: 'string' | 'list(string)';
  /** A Terraform expression that is true for a valid value. In the expression, `self` is the variable. */
  readonly condition: string;
  /** The error message: a full sentence, as Terraform requires. */
  readonly message: string;
}

/** A kind of variable whose whole value matches the pattern. */
export function matching(pattern: RegExp, message: string): VariableKind {
  return { type: 'string', condition: `can(regex(${quoted(pattern.source)}, self))`, message };
}

/** The variables of a stack: secrets and unresolved values. No variable has a default. */
export class Variables extends Construct {
  private readonly known = new Set<string>();

  /** A sensitive variable. */
  secret(name: string, description: string, kind: VariableKind): string {
    return expression(this.variable(name, description, kind, { sensitive: true }));
  }

  /** The configured value, or a reference to a variable if the value is unresolved. */
  text(place: Path, value: Resolvable<string>, kind: VariableKind): string {
    return isUnresolved(value) ? expression(this.asked(place, value.unresolved, kind)) : literal(value);
  }

  /** The configured list, or a reference to a variable if the list is unresolved. */
  list(place: Path, value: Resolvable<readonly string[]>, kind: VariableKind): string[] {
    if (!isUnresolved(value)) return value.map(literal);
    return Token.asList(expression(this.asked(place, value.unresolved, kind)));
  }

  /** Adds a variable for an unresolved value, and returns the reference to the variable. */
  asked(place: Path, find: string, kind: VariableKind): string {
    const description = `${formatPath(place)} of the configuration. To find the value: ${find}`;
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
