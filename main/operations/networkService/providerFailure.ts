/** How a failure of the configuration provider is reported: the envelope of error 21426 (fact sheet §6.4). */
import { ConsoleError } from '../../../shared/contract/errors.ts';

/** Id of the provider in the documented message (fact sheet §1.8). */
const providerId = '4ee559f1-f479-480c-9458-d14b8b1c1779';
const multitenancy = 'Unable to set up Remote Access server to support multi-tenancy mode.';
const retry = 'Fix the issue in Remote Access server and retry the operation.';
/** Documented. */
const recommendedAction = 'Check the documentation for the configuration provider or contact the publisher support.';

function failure(detail: string): ConsoleError {
  const text = `Execution of Microsoft.SystemCenter.NetworkService::InstallDeviceConnection on the configuration provider ${providerId} failed. Detailed exception: Microsoft.VirtualManager.Utils.CarmineException: ${detail} (Error ID: 21426)`;
  return new ConsoleError('providerFailed', text, `${recommendedAction} Then restart the job.`);
}

/** Documented text: the back end adapter has no switch, and the connection string names none. */
export function noBackEndSwitch(hostName: string): ConsoleError {
  return failure(
    `${multitenancy} The back end network adapter for Hyper-V Network Virtualization on host ${hostName} is neither connected to any virtual switch nor switch name provided in connection string. Connect the VM network adapter to a switch, or specify the switch name in connection string using BackendSwitch=SwitchName. ${retry}`,
  );
}

/** The same envelope around another cause, in our words. */
export function multitenancyFailure(cause: string): ConsoleError {
  return failure(`${multitenancy} ${cause} ${retry}`);
}

/** The provider could not even open the device. */
export function deviceFailure(cause: string): ConsoleError {
  return failure(cause);
}
