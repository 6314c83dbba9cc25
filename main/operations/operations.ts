/** Starts operations: parse, check, plan, hand to the job runner. The only way in which the inventory is changed. */
import { ConsoleError, problem, type Problem } from '../../shared/contract/errors.ts';
import { operationIdSchema, operationInputs, type OperationId, type ParsedOperationInput } from '../../shared/contract/operations.ts';
import type { JobPlan } from '../jobs/plan.ts';
import type { Look, Operation, OperationServices } from './operation.ts';
import type { Script } from './powershell/script.ts';
import { refuse } from './problems.ts';
import type { SecretStore } from './secrets.ts';
import { registry } from './registry.ts';
import type { Inverse } from './undo/inverse.ts';
import { inverseOf } from './undo/inverses.ts';

/** Hands a plan to the job runner; returns the job's id. `input` is parsed, and what a restart plans from. */
type StartJob = (operationId: string, input: unknown, plan: JobPlan) => string;

/** What a job's log keeps of it: its script, and what would undo it. */
interface Description {
  /** Throws ConsoleError scriptNotAvailable. */
  readonly script: () => { readonly title: string; readonly script: Script };
  readonly inverse: Inverse;
}

export class Operations {
  readonly #services: OperationServices;
  readonly #secrets: SecretStore;
  readonly #startJob: StartJob;
  /** Of plans that were made with their job: what the checks found out for them need not be found out again. */
  readonly #descriptions = new WeakMap<JobPlan, () => Description>();

  constructor(services: OperationServices, secrets: SecretStore, startJob: StartJob) {
    this.#services = services;
    this.#secrets = secrets;
    this.#startJob = startJob;
  }

  /** Everything that stands against it. Changes nothing. Throws ConsoleError only for an operation that does not exist. */
  check(operationId: string, input: unknown): readonly Problem[] {
    const id = knownId(operationId);
    const parsed = parseInput(id, input);
    return 'problems' in parsed ? parsed.problems : checkParsed(id, parsed.input, this.#services);
  }

  /** Starts a job and returns its id; `nameOf` makes the job's name from that of the plan. Throws ConsoleError with the problems; then there is no job and nothing has changed. */
  start(operationId: string, input: unknown, nameOf: (planned: string) => string = (planned) => planned): string {
    const id = knownId(operationId);
    const parsed = parseOrRefuse(id, input);
    const look = lookAt(id, parsed, this.#services);
    refuse(look.problems);
    const stored = sealed(id, parsed, this.#secrets);
    const planned = planParsed(id, stored, this.#services);
    const plan = { ...planned, name: nameOf(planned.name) };
    // A script of what was typed would tell the secret.
    if (stored === parsed) this.#descriptions.set(plan, () => this.#describe(id, parsed, look));
    return this.#startJob(id, stored, plan);
  }

  /** PowerShell that does the same in a real VMM. Throws ConsoleError with the problems of the input, or scriptNotAvailable. */
  script(operationId: string, input: unknown): { readonly title: string; readonly script: Script } {
    const id = knownId(operationId);
    const parsed = parseOrRefuse(id, input);
    const look = lookAt(id, parsed, this.#services);
    refuse(look.problems);
    return scriptOf(id, parsed, this.#services, look);
  }

  /** For the log, before the first step of a job that was checked when it started: its script, and what would undo it. Throws ConsoleError. */
  describe(operationId: string, input: unknown): Description {
    const id = knownId(operationId);
    // Not checked again: a sealed secret is none that somebody could have typed.
    return this.#describe(id, parseOrRefuse(id, input));
  }

  /** The same for a job that begins with the plan it was started with; undefined for any other. */
  describeStarted(plan: JobPlan): Description | undefined {
    return this.#descriptions.get(plan)?.();
  }

  #describe<I extends OperationId>(id: I, input: ParsedOperationInput<I>, look: Partial<Look> = {}): Description {
    return { script: () => scriptOf(id, input, this.#services, look), inverse: inverseOf(id, input, this.#services.inventory) };
  }

  /** The plan of a job again, from the input that it was started with. */
  plan(operationId: string, input: unknown): JobPlan {
    const id = knownId(operationId);
    return planParsed(id, parseOrRefuse(id, input), this.#services);
  }
}

/** What is wrong with an input by itself, before any inventory is looked at. Throws ConsoleError for an unknown operation. */
export function inputProblems(operationId: string, input: unknown): readonly Problem[] {
  const parsed = parseInput(knownId(operationId), input);
  return 'problems' in parsed ? parsed.problems : [];
}

function knownId(operationId: string): OperationId {
  const parsed = operationIdSchema.safeParse(operationId);
  if (parsed.success) return parsed.data;
  const known = Object.keys(operationInputs).join(', ');
  throw new ConsoleError('invalidInput', `There is no operation "${operationId.slice(0, 80)}".`, `Use one of: ${known}.`);
}

function parseInput<I extends OperationId>(
  id: I,
  input: unknown,
): { readonly input: ParsedOperationInput<I> } | { readonly problems: readonly [Problem, ...Problem[]] } {
  const result = operationInputs[id].safeParse(input);
  if (!result.success) {
    const [first, ...others] = result.error.issues.map((issue) =>
      problem('invalidInput', issue.path.filter((part) => typeof part !== 'symbol'), issue.message, 'Correct this value and try again.'),
    );
    return { problems: [first ?? problem('invalidInput', [], 'The input is not valid.', 'Correct it and try again.'), ...others] };
  }
  const [unknown, ...others] = unknownKeys(input, result.data, []);
  if (unknown) return { problems: [unknown, ...others] };
  // The schema of `id` gives the input of `id`; the type system does not follow the index.
  return { input: result.data as ParsedOperationInput<I> };
}

/** Keys that the schema dropped: a misspelt optional value must not be left out in silence. */
function unknownKeys(given: unknown, kept: unknown, path: readonly string[]): readonly Problem[] {
  if (!isRecord(given) || !isRecord(kept)) return [];
  return Object.keys(given).flatMap((key) =>
    Object.hasOwn(kept, key)
      ? unknownKeys(given[key], kept[key], [...path, key])
      : given[key] === undefined
        ? []
        : [problem('invalidInput', [...path, key], `There is no value "${key.slice(0, 60)}" here.`, 'Check the spelling, or leave it out.')],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseOrRefuse<I extends OperationId>(id: I, input: unknown): ParsedOperationInput<I> {
  const parsed = parseInput(id, input);
  if ('input' in parsed) return parsed.input;
  const [{ recommendedAction }, another] = parsed.problems;
  const advice = another === undefined ? recommendedAction : 'Correct the named values and try again.';
  const fields = parsed.problems.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
  throw new ConsoleError('invalidInput', `${id}: ${fields.join(' ')}`, advice, parsed.problems);
}

function checkParsed<I extends OperationId>(id: I, input: ParsedOperationInput<I>, services: OperationServices): readonly Problem[] {
  return registry[id].check(input, services);
}

/** Without a script for an operation whose checks find nothing out that it could use. */
function lookAt<I extends OperationId>(id: I, input: ParsedOperationInput<I>, services: OperationServices): Pick<Look, 'problems'> & Partial<Look> {
  const operation: Operation<I> = registry[id];
  return operation.look?.(input, services) ?? { problems: operation.check(input, services) };
}

function scriptOf<I extends OperationId>(id: I, input: ParsedOperationInput<I>, services: OperationServices, look: Partial<Look> = {}): { readonly title: string; readonly script: Script } {
  const operation: Operation<I> = registry[id];
  const script = look.script?.() ?? operation.script?.(input, services);
  if (script !== undefined) return { title: operation.title, script };
  throw new ConsoleError('scriptNotAvailable', `There is no script of "${operation.title}".`, operation.noScript ?? 'It exists in this console only.');
}

/** What was typed twice to be sure is not needed any more, and what is secret goes no further as it is. */
function sealed<I extends OperationId>(id: I, input: ParsedOperationInput<I>, secrets: SecretStore): ParsedOperationInput<I> {
  const operation: Operation<I> = registry[id];
  return operation.seal?.(input, secrets) ?? input;
}

function planParsed<I extends OperationId>(id: I, input: ParsedOperationInput<I>, services: OperationServices): JobPlan {
  return registry[id].plan(input, services);
}
