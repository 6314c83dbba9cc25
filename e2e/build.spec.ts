import path from 'node:path';
import { expect, test } from './support/test.ts';
import { buildGateway } from './support/buildStory.ts';
import { connectTenants } from './support/tenantStory.ts';
import { endState, endStateOfScenario } from './support/endState.ts';
import { Keyboard, Mouse } from './support/hands.ts';

const scenario = path.resolve('resources/scenarios/contoso-story.yaml');

test.describe('the article, from an empty fabric to the connected tunnel', () => {
  test.slow();

  for (const [name, Hands] of [['mouse', Mouse], ['keyboard alone', Keyboard]] as const) {
    test(`by ${name}, with the same end state and the same job log as the scenario`, async ({ start, userData }) => {
      const application = await start({ lab: 'contoso-bare', size: { width: 1280, height: 720 } });
      const hands = new Hands(application.page);
      await buildGateway(hands, `build-${name.slice(0, 8)}`);
      await connectTenants(hands, `build-${name.slice(0, 8)}`);
      await application.close();
      const [done, wanted] = [await endState(userData), await endStateOfScenario(scenario)];
      expect(done.inventory).toEqual(wanted.inventory);
      expect(done.jobs).toEqual(wanted.jobs);
    });
  }
});
