/** Fills an empty database from a lab file. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { wholeInventory, type StepContext, type StepDefinition, type StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { buildExternalNetwork, buildHostGroups, buildHosts, buildLogicalNetworks, buildRunAsAccounts } from './buildFabric.ts';
import { addConnections, addNetworkServices } from './buildGateways.ts';
import { buildGatewayVirtualMachines, buildVirtualMachines, buildVmNetworks } from './buildTenants.ts';
import { buildLibrary } from './buildLibrary.ts';
import type { LabDefinition } from './labDefinition.ts';

type Build = (context: StepContext, lab: LabDefinition) => StepResult;

type NamedBuild = readonly [key: string, name: string, build: Build];

/** Left out when the lab opens without a gateway. */
const gatewayBuilds: readonly NamedBuild[] = [
  ['networkServices', labels.addNetworkService, addNetworkServices],
  ['frontEnd', `${labels.addConnection} (front end)`, (context, lab) => addConnections(context, lab, 'FrontEnd')],
  ['backEnd', `${labels.addConnection} (back end)`, (context, lab) => addConnections(context, lab, 'BackEnd')],
];

export const openLab: Operation<'lab.open'> = {
  id: 'lab.open',
  title: labels.openLab,
  noScript: 'A lab fills the database of this console. A real VMM finds what is there.',

  check(input, { inventory, readLab }) {
    const notEmpty = checkEmpty(inventory);
    if (notEmpty.length > 0) return notEmpty;
    const lab = findOrProblem(['lab'], () => readLab(input.lab));
    return 'problem' in lab ? [lab.problem] : [];
  },

  plan(input, { readLab, seed }) {
    const lab = readLab(input.lab);
    return {
      name: labels.openLab,
      resultType: 'Lab',
      resultId: null,
      resultName: lab.lab,
      locks: [wholeInventory],
      steps: [
        { key: 'lab', number: '1', name: `${labels.openLab} ${lab.lab}` },
        ...stepsOf(lab, seed ?? lab.seed, input.gateway === 'connected'),
      ],
    };
  },
};

function stepsOf(lab: LabDefinition, seed: number, withGateway: boolean): readonly StepDefinition[] {
  const begin: Build = (context) => {
    refuse(checkEmpty(context.inventory));
    context.inventory.lab.set({ name: lab.lab, seed, openedAt: context.now().toISOString() });
    return buildHostGroups(context, lab);
  };
  const builds: readonly NamedBuild[] = [
    ['hostGroups', labels.createHostGroups, begin],
    ['hosts', labels.addHosts, buildHosts],
    ['logicalNetworks', labels.createLogicalNetworks, buildLogicalNetworks],
    ['runAsAccounts', labels.createRunAsAccounts, buildRunAsAccounts],
    ['vmNetworks', labels.createVmNetworks, buildVmNetworks],
    ['virtualMachines', labels.createVirtualMachines, buildVirtualMachines],
    ['gatewayVirtualMachines', labels.createGatewayVirtualMachines, buildGatewayVirtualMachines],
    ['library', labels.addLibraryObjects, buildLibrary],
    ['external', labels.createExternalNetwork, buildExternalNetwork],
    ...(withGateway ? gatewayBuilds : []),
  ];
  return builds.map(([key, name, build], at) => ({ key, number: `1.${at + 1}`, name, run: (context) => build(context, lab) }));
}

function checkEmpty(inventory: Inventory): readonly Problem[] {
  if (inventory.lab.inventoryIsEmpty) return [];
  const name = inventory.lab.get()?.name;
  const content = name === undefined ? 'objects of its own' : `lab ${name}`;
  return [problem('labNotEmpty', ['lab'], `The database is not empty: it holds ${content}.`, 'Open the lab in a new database.')];
}
