/** Playwright's test with the application in it: each test gets a fresh data folder, a started console and an operator. */
import { test as base } from '@playwright/test';
import { newUserData, removeUserData, startApplication, type Application, type StartOptions } from './application.ts';
import { Operator } from './operator.ts';

interface Fixtures {
  readonly start: (options?: StartOptions) => Promise<Application>;
  readonly userData: string;
}

export const test = base.extend<Fixtures>({
  userData: async ({ browserName: _anyFixture }, use) => {
    const folder = newUserData();
    await use(folder);
    removeUserData(folder);
  },
  /** Starts the console on this test's data folder; what is still open at the end is closed. */
  start: async ({ userData }, use) => {
    const started: Application[] = [];
    await use(async (options = {}) => {
      const application = await startApplication({ userData, ...options });
      started.push(application);
      return application;
    });
    for (const application of started) await application.close();
  },
});

export function operatorOf(application: Application): Operator {
  return new Operator(application.page);
}

export { expect } from '@playwright/test';
