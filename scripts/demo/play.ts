/** The scenes of the demo: both tenants get NAT and ping the Internet at the same time, with the same addresses inside. */
import type { Locator } from '@playwright/test';
import type { Application } from '../../e2e/support/application.ts';
import { internetHost, type Operator, type Tenant } from '../../e2e/support/operator.ts';
import type { PreloadBridge } from '../../shared/contract/bridge.ts';
import type { Envelope } from '../../shared/contract/errors.ts';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../shared/contract/procedures.ts';
import { judgeCapture } from './judgeCapture.ts';
import type { Narrator } from './narrator.ts';

const tenants = ['Fabrikam', 'Adatum'] as const satisfies readonly Tenant[];

export async function playDemo(application: Application, operator: Operator, narrator: Narrator): Promise<void> {
  const file = narrator.file('main-job.pcapng');
  // Nobody is there to answer the system's dialog.
  await application.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await lookAround(operator, narrator);
  await pingWithoutGateway(operator, narrator);
  for (const tenant of tenants) await connect(operator, narrator, tenant);
  await operator.page.getByRole('tab', { name: 'Home' }).click();
  await operator.page.getByRole('button', { name: 'Start Capture' }).click();
  await pingTogether(operator, narrator);
  await saveCapture(operator, narrator, file);
  const addresses = await externalAddresses(operator, narrator);
  await seeCompartments(operator, narrator, addresses);
  await keepRecords(operator, narrator);
  judgeCapture(file, addresses, narrator);
}

async function lookAround(operator: Operator, narrator: Narrator): Promise<void> {
  narrator.tell('VMs and Services > VM Networks');
  for (const tenant of tenants) {
    const row = await operator.vmNetwork(tenant).innerText();
    narrator.check(`${tenant} has subnet 10.30.1.0/24 and no gateway connection`, row.includes('10.30.1.0/24') && row.includes('None'));
  }
  await narrator.picture(operator.page, 'vm-networks');
}

async function pingWithoutGateway(operator: Operator, narrator: Narrator): Promise<void> {
  narrator.tell(`Ping from Fabrikam-VM01 to ${internetHost}, before there is a way out`);
  const window = await operator.ping('Fabrikam');
  const text = await repliesOf(window);
  narrator.check('no reply comes back', text.includes('Received = 0'));
  await window.getByRole('tab', { name: 'Packet path' }).click();
  narrator.tell(`  why:  ${(await window.getByText(/^Dropped at/).innerText()).trim()}`);
  await window.press('Escape');
}

async function connect(operator: Operator, narrator: Narrator, tenant: Tenant): Promise<void> {
  narrator.tell(`${tenant} > Properties > Connectivity: connect directly, network address translation (NAT), Gateway01`);
  await operator.openConnectivity(tenant);
  await operator.properties.getByRole('checkbox', { name: 'Connect directly to an additional logical network' }).check();
  await narrator.picture(operator.page, `connectivity-${tenant.toLowerCase()}`);
  await operator.properties.getByRole('button', { name: 'OK' }).click();
  const status = operator.jobsWindow.getByRole('status').filter({ hasText: /Completed|Failed|Canceled/ });
  await status.waitFor({ timeout: 30_000 });
  const steps = await operator.jobsWindow.getByRole('table', { name: 'Steps' }).getByRole('row').allInnerTexts();
  for (const step of steps.slice(1)) narrator.tell(`  step  ${step.split('\n').slice(0, 3).join('  ')}`);
  narrator.check('the job is Completed', (await status.innerText()).includes('Completed'));
  await narrator.picture(operator.page, `job-${tenant.toLowerCase()}`);
  await operator.jobsWindow.press('Escape');
}

async function externalAddresses(operator: Operator, narrator: Narrator): Promise<Readonly<Record<Tenant, string>>> {
  narrator.tell('The details pane names the external addresses');
  const found = { Fabrikam: await operator.externalAddressOf('Fabrikam'), Adatum: await operator.externalAddressOf('Adatum') };
  for (const tenant of tenants) narrator.check(`${tenant} has ${found[tenant]}, of 203.0.113.10 to 203.0.113.99`, /^203\.0\.113\.[1-9]\d$/.test(found[tenant]));
  narrator.check('each has its own', found.Adatum !== found.Fabrikam);
  await narrator.picture(operator.page, 'details');
  return found;
}

async function pingTogether(operator: Operator, narrator: Narrator): Promise<void> {
  narrator.tell(`Ping ${internetHost} from Fabrikam-VM01 and Adatum-VM01 (both are 10.30.1.4) at the same time`);
  const windows: Locator[] = [];
  for (const tenant of tenants) windows.push(await operator.ping(tenant));
  for (const [at, window] of windows.entries()) {
    const text = await repliesOf(window);
    narrator.check(`${tenants[at] ?? ''}: 4 replies from ${internetHost}`, text.includes('Received = 4') && text.includes(`Reply from ${internetHost}`));
  }
  await narrator.picture(operator.page, 'ping');
  for (const window of windows) await window.press('Escape');
}

async function repliesOf(window: Locator): Promise<string> {
  const replies = window.getByRole('log', { name: 'Replies' }).filter({ hasText: 'Lost =' });
  await replies.waitFor({ timeout: 30_000 });
  return replies.innerText();
}

async function saveCapture({ page }: Operator, narrator: Narrator, file: string): Promise<void> {
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Stop and Save' }).click();
  const message = page.getByText(file);
  await message.first().waitFor();
  narrator.tell('  wrote main-job.pcapng');
}

async function seeCompartments(operator: Operator, narrator: Narrator, addresses: Readonly<Record<Tenant, string>>): Promise<void> {
  narrator.tell('Fabric > Network Service > Gateway01 > Compartments: what RRAS holds in GatewayVM01');
  await operator.openCompartmentsOf('Fabrikam');
  narrator.check('the default compartment is there', await operator.compartment('Default compartment').isVisible());
  await narrator.picture(operator.page, 'compartment-default');
  for (const tenant of tenants) {
    await operator.compartment(new RegExp(tenant)).click();
    const shown = await operator.compartment(new RegExp(tenant)).innerText();
    narrator.check(`${tenant} has a compartment with NAT address ${addresses[tenant]}`, shown.includes(addresses[tenant]));
    await operator.compartmentTab('Routes');
    narrator.check('its routes lead to its own 10.30.1.0/24', (await operator.table('Routes').innerText()).includes('10.30.1.0/24'));
    await narrator.picture(operator.page, `compartment-${tenant.toLowerCase()}`);
  }
}

/** Job log and states, as the window got them. */
async function keepRecords({ page }: Operator, narrator: Narrator): Promise<void> {
  const call = async <P extends ProcedureName>(name: P, input: ProcedureInput<P>): Promise<ProcedureOutput<P>> => {
    const text = await page.evaluate(([procedure, argument]) => (globalThis as unknown as { readonly hnv: PreloadBridge }).hnv.invoke(procedure, argument), [name, input] as const);
    const answer = JSON.parse(text) as Envelope<unknown>;
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
    return answer.value as ProcedureOutput<P>;
  };
  const jobs = await call('job.list', {});
  narrator.writeJson('jobs.json', await Promise.all(jobs.rows.map(({ id }) => call('job.get', { id }))));
  const services = await call('networkService.list', {});
  narrator.writeJson('compartments.json', await Promise.all(services.rows.map(({ id }) => call('gateway.state', { id }))));
  narrator.writeJson('vm-networks.json', (await call('vmNetwork.list', {})).rows);
}
