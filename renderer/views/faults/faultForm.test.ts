import { expect, it } from 'vitest';
import { checkForm, formOf, perfect } from './faultForm.ts';

const object = { target: 'Internet', label: 'Internet' };
const link = (typed: Partial<typeof perfect>) => checkForm({ ...formOf('link'), object, link: { ...perfect, ...typed } });

it('takes what is typed in its usual units', () => {
  expect(link({ isDown: true, loss: '0.5', latency: '20', bandwidth: '1.5', reorder: '2,5', largestFrame: '1400' }).input).toEqual({
    kind: 'link', target: 'Internet', isDown: true, lossPerMillion: 5000, extraLatencyMs: 20, bitsPerSecond: 1_500_000, reorderPerMillion: 25_000, largestFrame: 1400,
  });
  expect(checkForm({ ...formOf('hostDown'), object, link: { ...perfect, loss: 'of another kind' } }).input).toEqual({ kind: 'hostDown', target: 'Internet' });
  expect(checkForm({ ...formOf('lookupRecordStale'), object, providerAddress: ' 172.16.40.250' }).input).toMatchObject({ providerAddress: '172.16.40.250' });
});

it('says at each field what is missing or wrong', () => {
  expect(checkForm(formOf('peerSilent')).messages).toEqual({ target: 'Choose what the fault is about.' });
  expect(link({}).messages).toEqual({ isDown: 'Say what is wrong with the link.' });
  expect(link({ loss: '101' }).messages).toEqual({ lossPerMillion: 'Type a percentage from 0 to 100.' });
  expect(link({ loss: 'x', bandwidth: '0', largestFrame: '59.5' }).messages).toEqual({
    lossPerMillion: 'Type a percentage from 0 to 100.', bitsPerSecond: 'Type Mbps above 0.', largestFrame: 'Type whole bytes from 60 to 65535.',
  });
  expect(checkForm({ ...formOf('lookupRecordStale'), object, providerAddress: '172.16.40' }).messages).toEqual({ providerAddress: 'Type an IPv4 address such as 172.16.40.250.' });
});
