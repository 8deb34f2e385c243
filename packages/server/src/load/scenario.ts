import type { World } from './world.js';

/** An option of a scenario: a number within bounds, or one word of several. */
export type ScenarioOption =
  | {
      readonly kind: 'number';
      readonly summary: string;
      readonly default: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly kind: 'choice';
      readonly summary: string;
      readonly default: string;
      readonly choices: readonly string[];
    };

export type ScenarioOptions = Readonly<Record<string, ScenarioOption>>;

/** The values of such options. */
export type Values<O extends ScenarioOptions> = {
  readonly [K in keyof O]: O[K] extends { readonly kind: 'number' } ? number : string;
};

/**
 * A load, as a script that every generator process runs for its own share of the users. Processes meet where the
 * script calls `world.phase`, so that one process or many make no difference to it.
 */
export interface Scenario {
  readonly name: string;
  /** One line for the list of scenarios. */
  readonly summary: string;
  readonly options: ScenarioOptions;
  /** True when users must be able to resume: stream management is then always on. */
  readonly resumes: boolean;
  /** How many neighbouring users have to do with each other; undefined: all of them. */
  together(values: Readonly<Record<string, number | string>>): number | undefined;
  run(world: World, values: Readonly<Record<string, number | string>>): Promise<void>;
}

/** Declares a scenario; its script sees the options by their types. */
export function defineScenario<const O extends ScenarioOptions>(scenario: {
  readonly name: string;
  readonly summary: string;
  readonly options: O;
  readonly resumes?: boolean;
  together?(values: Values<O>): number | undefined;
  run(world: World, values: Values<O>): Promise<void>;
}): Scenario {
  return {
    ...scenario,
    resumes: scenario.resumes ?? false,
    together: (values) => scenario.together?.(values as Values<O>),
    run: (world, values) => scenario.run(world, values as Values<O>),
  };
}

/** A number, from `min` to `max`. */
export function number(
  summary: string,
  value: { readonly default: number; readonly min?: number; readonly max?: number },
): ScenarioOption & { readonly kind: 'number' } {
  return { kind: 'number', summary, min: 0, max: 1e9, ...value };
}

/** One word of several; the first is the default. */
export function choice(
  summary: string,
  ...choices: readonly [string, ...string[]]
): ScenarioOption & { readonly kind: 'choice' } {
  return { kind: 'choice', summary, default: choices[0], choices };
}

/** Options that most loads have. */
export const TALK_OPTIONS = {
  seconds: number('how long messages are sent', { default: 30, min: 1, max: 86_400 }),
  body: number('length of a message, in characters', { default: 100, min: 1, max: 100_000 }),
} as const;

/**
 * Fills in defaults and checks what was given.
 * @throws RangeError for an option that there is not, or a value out of its bounds
 */
export function valuesOf(
  scenario: Scenario,
  given: Readonly<Record<string, number | string>>,
): Record<string, number | string> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(scenario.options, name))
      throw new RangeError(`${scenario.name} has no option ${name}`);
  }
  const values: Record<string, number | string> = {};
  for (const [name, option] of Object.entries(scenario.options)) {
    const value = given[name] ?? option.default;
    if (option.kind === 'number') {
      const number = Number(value);
      if (!(number >= option.min && number <= option.max)) {
        throw new RangeError(`${name} must be a number from ${option.min} to ${option.max}`);
      }
      values[name] = number;
    } else {
      if (!option.choices.includes(String(value)))
        throw new RangeError(`${name} must be one of ${option.choices.join(', ')}`);
      values[name] = String(value);
    }
  }
  return values;
}
