/** Writes the sample labs and scenarios that are too long to be written by hand; into a folder that is named, also those that are too long to be kept. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { hundredTenantsLab, hundredTenantsScenario } from './labs/hundredTenants.ts';
import { thousandTenantsLab, thousandTenantsScenario } from './labs/thousandTenants.ts';

const resources = path.resolve(import.meta.dirname, '../resources');
writeFileSync(path.join(resources, 'labs/hundred-tenants.yaml'), hundredTenantsLab());
writeFileSync(path.join(resources, 'labs/thousand-tenants.yaml'), thousandTenantsLab());
writeFileSync(path.join(resources, 'scenarios/hundred-tenants.yaml'), hundredTenantsScenario());
const [folder] = process.argv.slice(2);
if (folder !== undefined) writeFileSync(path.join(folder, 'thousand-tenants.yaml'), thousandTenantsScenario());
