/** Writes the sample labs and scenarios that are too long to be written by hand. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { hundredTenantsLab, hundredTenantsScenario } from './labs/hundredTenants.ts';

const resources = path.resolve(import.meta.dirname, '../resources');
writeFileSync(path.join(resources, 'labs/hundred-tenants.yaml'), hundredTenantsLab());
writeFileSync(path.join(resources, 'scenarios/hundred-tenants.yaml'), hundredTenantsScenario());
