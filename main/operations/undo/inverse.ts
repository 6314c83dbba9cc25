/** What undoes an operation: another operation, with its input made from the state before. */
import type { OperationId, OperationInput, ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';

export type Inverse =
  | {
      readonly operationId: OperationId;
      readonly input: Readonly<Record<string, unknown>>;
      /** Where the input names the object that the job makes: its id, known once the job is done. */
      readonly madeAt?: string;
    }
  /** Why there is none, as a sentence. */
  | { readonly reason: string };

/** Called before the first step, when `check` found nothing. */
export type InverseOf<I extends OperationId> = (input: ParsedOperationInput<I>, inventory: Inventory) => Inverse;

export function undoneBy<J extends OperationId>(operationId: J, input: OperationInput<J>): Inverse {
  return { operationId, input: input };
}

/** For an operation that makes an object: `field` of the other operation's input names it. */
export function undoneByRemoving<J extends OperationId>(operationId: J, field: string, more: Partial<OperationInput<J>> = {}): Inverse {
  return { operationId, input: more, madeAt: field };
}

export function noWayBack(reason: string): Inverse {
  return { reason };
}
