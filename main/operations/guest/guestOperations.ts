/** What an operator does inside a virtual machine: adapters' names, firewall, Remote Access. VMM has no cmdlets for it; Windows has some. */
import { problem } from '../../../shared/contract/errors.ts';
import { deploymentLabels, remoteAccessRoleServices } from '../../../shared/contract/guest.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { GuestFlag } from '../../store/inventory/virtualMachines.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { scriptSwitch } from '../powershell/script.ts';
import { findOrProblem } from '../problems.ts';
import { checkGuest, guestPlan, guestScript, nothingToChange } from './guestPlan.ts';

const nameLimit = 64;

export const renameAdapter: Operation<'guest.renameAdapter'> = {
  id: 'guest.renameAdapter',
  title: labels.renameAdapter,

  check(input, { inventory }) {
    return checkGuest(input.virtualMachine, inventory, (machine) => {
      const found = findOrProblem(['networkAdapter'], () => inventory.virtualMachines.adapter(machine, input.networkAdapter));
      if ('problem' in found) return [found.problem];
      if (input.name === '') return [problem('invalidInput', ['name'], `Adapter ${found.found.name} has no new name.`, 'Type a name.')];
      if (input.name.length > nameLimit) return [problem('invalidInput', ['name'], `The name has more than ${nameLimit} characters.`, 'Type a shorter name.')];
      if (input.name === found.found.name) return nothingToChange(`The adapter is named ${input.name} already.`);
      const other = inventory.virtualMachines.adaptersOf(machine.id).find(({ id, name }) => id !== found.found.id && name.toLowerCase() === input.name.toLowerCase());
      return other === undefined ? [] : [problem('nameInUse', ['name'], `${machine.name} has an adapter named ${other.name} already.`, 'Type another name.')];
    });
  },

  script(input, { inventory }) {
    const machine = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    return guestScript(machine).run('Rename-NetAdapter', { Name: inventory.virtualMachines.adapter(machine, input.networkAdapter).name, NewName: input.name });
  },

  plan(input, { inventory }) {
    const machine = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    const { id, name } = inventory.virtualMachines.adapter(machine, input.networkAdapter);
    return guestPlan(labels.renameAdapter, machine, (context) => {
      context.inventory.virtualMachines.renameAdapter(id, input.name);
      auditChanges(context, { type: 'VirtualNetworkAdapter', id, name: input.name }, { Name: [name, input.name] });
      return { message: `${name} is now ${input.name}.` };
    });
  },
};

function setFlag(context: StepContext, machineId: string, flag: GuestFlag, value: boolean, property: string, message: string): StepResult {
  const machine = context.inventory.virtualMachines.virtualMachine(machineId);
  context.inventory.virtualMachines.setFlag(machineId, flag, value);
  auditChanges(context, { type: 'VM', id: machineId, name: machine.name }, { [property]: [String(machine[flag]), String(value)] });
  return { message };
}

export const setFirewall: Operation<'guest.setFirewall'> = {
  id: 'guest.setFirewall',
  title: labels.setFirewall,

  check(input, { inventory }) {
    return checkGuest(input.virtualMachine, inventory, ({ name, firewallOn }) => (firewallOn === input.isOn ? nothingToChange(`The firewall of ${name} is ${input.isOn ? 'on' : 'off'} already.`) : []));
  },

  script: (input, { inventory }) =>
    guestScript(inventory.virtualMachines.virtualMachine(input.virtualMachine)).run('Set-NetFirewallProfile', { Profile: ['Domain', 'Private', 'Public'], Enabled: input.isOn ? 'True' : 'False' }),

  plan(input, { inventory }) {
    const machine = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    return guestPlan(labels.setFirewall, machine, (context) => setFlag(context, machine.id, 'firewallOn', input.isOn, 'Firewall', `The firewall of ${machine.name} is ${input.isOn ? 'on' : 'off'}, for all profiles.`));
  },
};

export const installRemoteAccess: Operation<'guest.installRemoteAccess'> = {
  id: 'guest.installRemoteAccess',
  title: labels.installRemoteAccess,

  check(input, { inventory }) {
    return checkGuest(input.virtualMachine, inventory, ({ name, remoteAccessInstalled }) => {
      if (remoteAccessInstalled) return nothingToChange(`Remote Access is installed in ${name} already.`);
      const missing = remoteAccessRoleServices.filter((service) => !input.roleServices.includes(service));
      if (missing.length === 0) return [];
      return [problem('invalidInput', ['roleServices'], `A gateway needs both role services of Remote Access; ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not chosen.`, 'Choose both role services.')];
    });
  },

  script: (input, { inventory }) =>
    guestScript(inventory.virtualMachines.virtualMachine(input.virtualMachine)).run('Install-WindowsFeature', { Name: ['DirectAccess-VPN', 'Routing'], IncludeManagementTools: scriptSwitch }),

  plan(input, { inventory }) {
    const machine = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    return guestPlan(labels.installRemoteAccess, machine, (context) => setFlag(context, machine.id, 'remoteAccessInstalled', true, 'RemoteAccess', `Remote Access with ${input.roleServices.join(' and ')} is installed. Open the Getting Started Wizard next.`));
  },
};

export const deployRemoteAccess: Operation<'guest.deployRemoteAccess'> = {
  id: 'guest.deployRemoteAccess',
  title: labels.deployRemoteAccess,
  noScript: 'This is done in the Getting Started Wizard inside the virtual machine. Install-RemoteAccess would configure Routing and Remote Access at once, which must be left to VMM.',

  check(input, { inventory }) {
    return checkGuest(input.virtualMachine, inventory, ({ name, remoteAccessInstalled, vpnDeployed }) => {
      if (!remoteAccessInstalled) return [problem('roleNotInstalled', ['virtualMachine'], `The Remote Access role is not installed in ${name}.`, 'Add the role in Server Manager first.')];
      if (vpnDeployed) return nothingToChange(`Remote Access of ${name} is deployed already.`);
      if (input.deployment === 'VpnOnly') return [];
      return [problem('invalidInput', ['deployment'], 'A multitenant gateway runs without DirectAccess.', `Choose ${deploymentLabels.VpnOnly}.`)];
    });
  },

  plan(input, { inventory }) {
    const machine = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    return guestPlan(labels.deployRemoteAccess, machine, (context) => setFlag(context, machine.id, 'vpnDeployed', true, 'VpnDeployed', 'VPN is deployed. Leave Routing and Remote Access not configured: VMM does that.'));
  },
};

/** The article leaves RRAS unconfigured; whoever does it by hand finds out what that costs when VMM wants to. */
export const setRoutingAndRemoteAccess: Operation<'guest.setRoutingAndRemoteAccess'> = {
  id: 'guest.setRoutingAndRemoteAccess',
  title: labels.configureRemoteAccessByHand,
  noScript: 'This is done in the Routing and Remote Access console inside the virtual machine, and a gateway of VMM must do without it.',

  check(input, { inventory }) {
    return checkGuest(input.virtualMachine, inventory, ({ id, name, vpnDeployed, remoteAccessByHand }) => {
      if (!vpnDeployed) return [problem('roleNotInstalled', ['virtualMachine'], `Remote Access of ${name} is not deployed, so there is nothing to configure.`, 'Finish the Getting Started Wizard first.')];
      if (remoteAccessByHand === input.isConfigured) return nothingToChange(`Routing and Remote Access of ${name} is ${input.isConfigured ? 'configured' : 'not configured'} already.`);
      const service = inventory.networkServices.connectedThrough(id);
      if (!input.isConfigured || service === undefined) return [];
      return [problem('objectInUse', ['virtualMachine'], `VMM has configured Routing and Remote Access of ${name} for network service ${service}.`, 'Leave it to VMM; its connections are in the Properties of the network service.')];
    });
  },

  plan(input, { inventory }) {
    const machine = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    return guestPlan(input.isConfigured ? labels.configureRemoteAccessByHand : labels.disableRemoteAccess, machine, (context) =>
      setFlag(context, machine.id, 'remoteAccessByHand', input.isConfigured, 'RoutingAndRemoteAccess', input.isConfigured ? 'Routing and Remote Access is configured by hand. VMM cannot make a multitenant gateway of it in this state.' : 'Routing and Remote Access is not configured any more: VMM can do it.'),
    );
  },
};
