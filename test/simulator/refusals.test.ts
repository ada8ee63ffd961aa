import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, startSimulator } from './support/startSimulator.ts';

let sim: Running;
let person: number;
let message: number;
beforeAll(async () => {
  sim = await startSimulator();
  person = await sim.person();
  message = (await sim.bot('sendMessage', { chat_id: person, text: 'first' })).body.result.message_id;
});
afterAll(() => sim.stop());

const button = (more: object) => ({ inline_keyboard: [[{ text: 'x', ...more }]] });
const parsing = (what: string) => `Bad Request: can't parse entities: ${what}`;

describe('a bot is refused in the words of Telegram', () => {
  test.each<[string, string, object, number, string]>([
    ['an empty text', 'sendMessage', { text: '' }, 400, 'Bad Request: message text is empty'],
    ['a text of spaces', 'sendMessage', { text: ' \n ' }, 400, 'Bad Request: message text is empty'],
    ['a long text', 'sendMessage', { text: 'x'.repeat(4097) }, 400, 'Bad Request: message is too long'],
    ['an unknown chat', 'sendMessage', { chat_id: 5, text: 'x' }, 400, 'Bad Request: chat not found'],
    ['no chat', 'sendMessage', { chat_id: '', text: 'x' }, 400, 'Bad Request: chat_id is empty'],
    [
      '65 bytes of data',
      'sendMessage',
      { text: 'x', reply_markup: button({ callback_data: 'я'.repeat(32) + 'x' }) },
      400,
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'a button without action',
      'sendMessage',
      { text: 'x', reply_markup: button({}) },
      400,
      'Bad Request: Text buttons are unallowed in the inline keyboard',
    ],
    [
      'a button to localhost',
      'sendMessage',
      { text: 'x', reply_markup: button({ url: 'http://localhost:3000' }) },
      400,
      "Bad Request: inline keyboard button URL 'http://localhost:3000' is invalid: Wrong HTTP URL",
    ],
    [
      'an unknown style',
      'sendMessage',
      { text: 'x', reply_markup: button({ callback_data: 'a', style: 'pink' }) },
      400,
      'Bad Request: invalid button style specified',
    ],
    [
      'markup that is not JSON',
      'sendMessage',
      { text: 'x', reply_markup: '{' },
      400,
      "Bad Request: can't parse reply keyboard markup JSON object",
    ],
    [
      'an open tag',
      'sendMessage',
      { text: '<b>x', parse_mode: 'HTML' },
      400,
      parsing('Can\'t find end tag corresponding to start tag "b"'),
    ],
    [
      'crossed tags',
      'sendMessage',
      { text: 'я<b><i>x</b></i>', parse_mode: 'HTML' },
      400,
      parsing('Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
    ],
    [
      'an unknown tag',
      'sendMessage',
      { text: 'a <p>x</p>', parse_mode: 'HTML' },
      400,
      parsing('Unsupported start tag "p" at byte offset 2'),
    ],
    [
      'a bare less-than',
      'sendMessage',
      { text: '1 < 2', parse_mode: 'HTML' },
      400,
      parsing('Unsupported start tag "" at byte offset 2'),
    ],
    [
      'an unescaped dot',
      'sendMessage',
      { text: 'a.', parse_mode: 'MarkdownV2' },
      400,
      parsing("Character '.' is reserved and must be escaped with the preceding '\\'"),
    ],
    [
      'an open star',
      'sendMessage',
      { text: 'a *b', parse_mode: 'MarkdownV2' },
      400,
      parsing("Can't find end of Bold entity starting at byte offset 2"),
    ],
    [
      'an open star of old',
      'sendMessage',
      { text: 'a *b', parse_mode: 'Markdown' },
      400,
      parsing("Can't find end of the entity starting at byte offset 2"),
    ],
    [
      'an unknown parse mode',
      'sendMessage',
      { text: 'a', parse_mode: 'BBCode' },
      400,
      'Bad Request: unsupported parse_mode',
    ],
    [
      'a reply to nothing',
      'sendMessage',
      { text: 'a', reply_parameters: { message_id: 999 } },
      400,
      'Bad Request: message to be replied not found',
    ],
    [
      'an edit of nothing',
      'editMessageText',
      { message_id: 999, text: 'a' },
      400,
      'Bad Request: message to edit not found',
    ],
    [
      "an edit of a person's",
      'editMessageText',
      { message_id: 1, text: 'a' },
      400,
      "Bad Request: message can't be edited",
    ],
    [
      'a deletion of nothing',
      'deleteMessage',
      { message_id: 999 },
      400,
      'Bad Request: message to delete not found',
    ],
    [
      'an unknown query',
      'answerCallbackQuery',
      { callback_query_id: '1' },
      400,
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    ],
    ['no document', 'sendDocument', {}, 400, 'Bad Request: there is no document in the request'],
    [
      'an unknown file',
      'sendDocument',
      { document: 'nope' },
      400,
      'Bad Request: wrong file identifier/HTTP URL specified',
    ],
    ['a wrong file id', 'getFile', { file_id: 'nope' }, 400, 'Bad Request: invalid file_id'],
    [
      'a bad command',
      'setMyCommands',
      { commands: [{ command: 'Bad-One', description: 'x' }] },
      400,
      'Bad Request: BOT_COMMAND_INVALID',
    ],
    [
      'a strange action',
      'sendChatAction',
      { action: 'dancing' },
      400,
      'Bad Request: wrong parameter action in request',
    ],
    ['an unknown method', 'sendLove', {}, 404, 'Not Found'],
  ])('%s', async (_name, method, params, code, description) => {
    const { status, body } = await sim.bot(method, { chat_id: person, ...params });
    expect(body).toEqual({ ok: false, error_code: code, description });
    expect(status).toBe(code);
  });

  test('an edit that changes nothing, with keyboard and all', async () => {
    const markup = button({ callback_data: 'a' });
    const sent = await sim.bot('sendMessage', {
      chat_id: person,
      text: '<b>a</b>',
      parse_mode: 'HTML',
      reply_markup: markup,
    });
    const same = {
      chat_id: person,
      message_id: sent.body.result.message_id,
      text: 'a',
      entities: [{ type: 'bold', offset: 0, length: 1 }],
    };
    const refused = await sim.bot('editMessageText', { ...same, reply_markup: markup });
    expect(refused.body.description).toBe(
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
    const bare = await sim.bot('editMessageText', same);
    expect(bare.body.result.reply_markup).toBeUndefined();
  });

  test('an edit of a message that brought a reply keyboard', async () => {
    const sent = await sim.bot('sendMessage', {
      chat_id: person,
      text: 'k',
      reply_markup: { keyboard: [['A']] },
    });
    expect(sent.body.result.reply_markup).toBeUndefined();
    const edit = await sim.bot('editMessageText', {
      chat_id: person,
      message_id: sent.body.result.message_id,
      text: 'l',
    });
    expect(edit.body.description).toBe("Bad Request: message can't be edited");
  });

  test('a person who never wrote, and one who has blocked the bot', async () => {
    const shy = await sim.person({ started: false });
    const first = await sim.bot('sendMessage', { chat_id: shy, text: 'hello' });
    expect(first.body).toEqual({
      ok: false,
      error_code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    });
    await sim.call('POST', `/sim/users/${shy}/send`, { text: '/start' });
    await sim.call('POST', `/sim/users/${shy}/block`);
    const second = await sim.bot('sendMessage', { chat_id: shy, text: 'hello' });
    expect(second.body).toEqual({
      ok: false,
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    await sim.call('POST', `/sim/users/${shy}/unblock`);
    expect((await sim.bot('sendMessage', { chat_id: shy, text: 'hello' })).body.ok).toBe(true);
  });

  test('a token of the wrong shape', async () => {
    expect((await sim.bot('getMe', {}, 'nonsense')).body).toEqual({
      ok: false,
      error_code: 401,
      description: 'Unauthorized',
    });
  });

  test('a message that is older than two days cannot be deleted', async () => {
    await sim.call('POST', '/sim/clock', { advance: '49h' });
    const { body } = await sim.bot('deleteMessage', { chat_id: person, message_id: message });
    expect(body.description).toBe("Bad Request: message can't be deleted for everyone");
  });

  test('a refused message is neither shown nor accounted for', async () => {
    const before = (await sim.call('GET', '/sim/ledger')).body.length;
    await sim.bot('sendMessage', { chat_id: person, text: '<b>', parse_mode: 'HTML' });
    expect((await sim.call('GET', '/sim/ledger')).body.length).toBe(before);
  });
});

test("with --limits, Telegram's pace is enforced by 429 with retry_after", async () => {
  const strict = await startSimulator({ args: ['--limits'] });
  const someone = await strict.person();
  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => strict.bot('sendMessage', { chat_id: someone, text: `${n}` })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBe(2);
  expect(refused[0]?.body).toMatchObject({
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  });
  await strict.stop();
});
