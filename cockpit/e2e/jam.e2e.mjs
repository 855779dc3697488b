// The Jam tab in a real browser against a real daemon.
import { test } from 'node:test';
import { stage } from './stage.mjs';

const at = stage();

test('a jam is opened, a track added and its keys armed', async () => {
  const { page } = at;
  await at.open();
  await page.click('#tab-jam');
  await page.fill('#jam-name', 'Ada <i>L</i>');
  await page.click('#jam-connect');
  await page.click('#jam-create');
  await page.locator('.person', { hasText: 'Ada <i>L</i>' }).waitFor();
  await page.click('#jam-add-track');
  await page.getByText('My keys play this').waitFor();
  await page.click('#jam-record');
  await page.getByText('Stop recording').waitFor();
});
