/** A look at a tunnel, after it was dialed or hung up by hand where the step says so. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { Lab } from '../../lab/lab.ts';
import type { TunnelStep } from '../stepGrammar.ts';
import { StepFault, type StepResult } from '../stepFault.ts';
import { compare } from '../stepOutcome.ts';

export function readTunnel(lab: Lab, step: TunnelStep): StepResult {
  const { vmNetwork, vpnConnection } = step.tunnel;
  const status = lookAt(lab, step);
  const tunnel = status.tunnels.find(({ name }) => name.toLowerCase() === vpnConnection.toLowerCase());
  if (tunnel === undefined) throw new StepFault(['tunnel', 'vpnConnection'], `VM network ${status.vmNetwork} has no VPN connection ${vpnConnection}.`);
  const { state, lastError, routes } = step.expect ?? {};
  return {
    kind: 'tunnel',
    title: step.name ?? `${step.dial === undefined ? 'tunnel' : step.dial} ${vpnConnection} of ${vmNetwork}`,
    expectations: [
      ...compare({ state, routes: routes && [...routes].sort() }, { state: tunnel.state, routes: tunnel.routes.map(({ destination }) => destination).sort() }),
      ...(lastError === undefined ? [] : [{ what: 'lastError', expected: lastError, actual: tunnel.lastError, holds: lastError === null ? tunnel.lastError === null : tunnel.lastError?.includes(lastError) === true }]),
    ],
    detail: tunnel,
  };
}

function lookAt(lab: Lab, { tunnel, dial }: TunnelStep) {
  try {
    return dial === undefined ? lab.vpn.status(tunnel.vmNetwork) : lab.vpn.dial({ ...tunnel, wanted: dial });
  } catch (error) {
    if (error instanceof ConsoleError) throw new StepFault(['tunnel'], error.message);
    throw error;
  }
}
