/** The one list of operations. */
import type { OperationId } from '../../shared/contract/operations.ts';
import { openLab } from './lab/openLab.ts';
import type { Operation } from './operation.ts';
import { setConnectivity } from './vmNetwork/setConnectivity.ts';

/** A missing operation is a compile error. */
export const registry: { readonly [I in OperationId]: Operation<I> } = {
  'lab.open': openLab,
  'vmNetwork.setConnectivity': setConnectivity,
};
