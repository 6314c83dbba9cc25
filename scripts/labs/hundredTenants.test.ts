import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hundredTenantsLab, hundredTenantsScenario } from './hundredTenants.ts';
import { thousandTenantsLab } from './thousandTenants.ts';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../../resources', file), 'utf8');

it('the lab and the scenario of 100 tenants are what scripts/labs.ts writes', () => {
  expect(read('labs/hundred-tenants.yaml')).toBe(hundredTenantsLab());
  expect(read('scenarios/hundred-tenants.yaml')).toBe(hundredTenantsScenario());
});

it('so is the lab that waits for 1,000 tenants', () => {
  expect(read('labs/thousand-tenants.yaml')).toBe(thousandTenantsLab());
});
