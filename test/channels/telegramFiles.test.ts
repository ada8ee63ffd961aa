import { Api, InputFile } from 'grammy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloadFile } from '../../channels/telegram/downloadFile.ts';
import { type Running, startSimulator, TOKEN } from '../simulator/support/startSimulator.ts';

let sim: Running;
beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());

it('[X-05] a file is fetched from Telegram by its handle; one nobody has is gone', async () => {
  const api = new Api(TOKEN, { apiRoot: sim.url });
  const from = { api, apiRoot: sim.url, token: TOKEN };
  const chat = await sim.person();
  const { document } = await api.sendDocument(chat, new InputFile(Buffer.from('%PDF-1.7 x'), 'cv.pdf'));
  expect(Buffer.from(await downloadFile(from, document.file_id)).toString()).toBe('%PDF-1.7 x');
  await expect(downloadFile(from, 'nobody has it')).rejects.toMatchObject({ code: 'gone' });
});
