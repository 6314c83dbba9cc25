/** The one list of operations. */
import type { OperationId } from '../../shared/contract/operations.ts';
import { openLab } from './lab/openLab.ts';
import { addConnection } from './networkService/addConnection.ts';
import { addNetworkService } from './networkService/addNetworkService.ts';
import { changeNetworkService } from './networkService/changeNetworkService.ts';
import { removeConnection } from './networkService/removeConnection.ts';
import { removeNetworkService } from './networkService/removeNetworkService.ts';
import type { Operation } from './operation.ts';
import { checkReadiness } from './readiness/checkReadiness.ts';
import { createRunAsAccount } from './runAsAccount/createRunAsAccount.ts';
import { deleteRunAsAccount } from './runAsAccount/deleteRunAsAccount.ts';
import { setConnectivity } from './vmNetwork/setConnectivity.ts';

/** A missing operation is a compile error. */
export const registry: { readonly [I in OperationId]: Operation<I> } = {
  'lab.open': openLab,
  'vmNetwork.setConnectivity': setConnectivity,
  'runAsAccount.create': createRunAsAccount,
  'runAsAccount.delete': deleteRunAsAccount,
  'gateway.checkReadiness': checkReadiness,
  'networkService.add': addNetworkService,
  'networkService.change': changeNetworkService,
  'networkService.remove': removeNetworkService,
  'networkService.addConnection': addConnection,
  'networkService.removeConnection': removeConnection,
};
