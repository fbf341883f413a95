import { Environment } from '@marcbachmann/cel-js';
import type { ParseResult } from '@marcbachmann/cel-js';
import type { FactType } from './pack.ts';

/**
 * Conditions of clauses that are data: CEL over named facts (`person.sales >= parameters.salesMin`). A name that is
 * not declared or a comparison of unlike types is found when the pack is loaded, not when the month is decided.
 */
export type FactTable = Readonly<Record<string, Readonly<Record<string, FactType>>>>;
export type Facts = Readonly<Record<string, Readonly<Record<string, number | string | boolean>>>>;
/** What a condition may name, by root: the facts, `parameters`, `clauses`, `readings`. */
export type Scope = Readonly<Record<string, Tree>>;
export interface Tree {
  readonly [name: string]: number | string | boolean | Tree;
}
type CelSchema = { [name: string]: string | CelSchema };

const celTypes: Record<FactType, string> = { number: 'double', text: 'string', flag: 'bool' };
const NAME = /^[A-Za-z_]\w*$/;

export type Compiled = { readonly run: (scope: Scope) => boolean } | { readonly fault: string };

/** `scope` gives names and types of everything but the facts; its values are only looked at for their type. */
export function compile(condition: string, facts: FactTable, scope: Scope): Compiled {
  const environment = new Environment();
  for (const [name, fields] of Object.entries(facts)) {
    const schema = Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, celTypes[type]]));
    environment.registerVariable({ name, schema });
  }
  for (const [name, tree] of Object.entries(scope))
    environment.registerVariable({ name, schema: schemaOf(tree) });
  const checked = environment.check(condition);
  if (!checked.valid) return { fault: checked.error?.summary ?? firstLine(checked.error?.message) };
  if (checked.type !== 'bool') return { fault: `bool, not ${checked.type ?? '?'}` };
  const parsed: ParseResult = environment.parse(condition);
  return { run: (values) => parsed(values) === true };
}

/** Nests dotted names, so that the token `conversion.minLeads` is `readings.conversion.minLeads` in a condition. */
export function nested(entries: Readonly<Record<string, unknown>>): Tree {
  const root: Record<string, Tree[string]> = {};
  for (const [token, value] of Object.entries(entries)) {
    const steps = token.split('.');
    const plain = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
    if (plain && steps.every((step) => NAME.test(step))) place(root, steps, value);
  }
  return root;
}

function place(tree: Record<string, Tree[string]>, steps: readonly string[], value: Tree[string]): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  if (rest.length === 0) {
    tree[step] = value;
    return;
  }
  const below = tree[step];
  const branch: Record<string, Tree[string]> = typeof below === 'object' ? { ...below } : {};
  place(branch, rest, value);
  tree[step] = branch;
}

function schemaOf(tree: Tree): CelSchema {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => {
      if (typeof value === 'object') return [name, schemaOf(value)];
      return [name, typeof value === 'number' ? 'double' : typeof value === 'boolean' ? 'bool' : 'string'];
    }),
  );
}

function firstLine(text: string | undefined): string {
  return text?.split('\n')[0] ?? 'CEL';
}
