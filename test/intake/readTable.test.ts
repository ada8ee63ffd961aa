import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { mostRows } from '../../flows/imports/sheet.ts';
import { parseCsv } from '../../intake/parseCsv.ts';
import { readTable } from '../../intake/readTable.ts';
import { makeClock } from '../../runtime/clock.ts';
import { makeXlsx } from '../support/makeXlsx.ts';

const clock = makeClock();
const read = async (bytes: Uint8Array | string) => readTable(Buffer.from(bytes), clock);
const rowsOf = async (bytes: Uint8Array | string) => {
  const result = await read(bytes);
  return result.ok ? result.sheets.map(({ rows }) => rows).flat() : result.fault;
};
/** As a Russian Excel saves it. */
const cp1251 = (text: string) =>
  Uint8Array.from([...text], (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
  });

describe('[B-13] a CSV file is read whatever program saved it', () => {
  const want = [
    ['ФИО', 'Телефон'],
    ['Иванов Иван', '8 999 111-22-33'],
  ];
  const text = 'ФИО;Телефон\r\nИванов Иван;8 999 111-22-33\r\n';
  test.each<[string, Uint8Array | string]>([
    ['UTF-8', text],
    ['UTF-8 with its mark', `\ufeff${text}`],
    ['Windows-1251', cp1251(text)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text.replaceAll(';', '\t')}`, 'utf16le')],
    ['with commas', text.replaceAll(';', ',')],
    ['with tabs', text.replaceAll(';', '\t')],
    ['with the separator named', `sep=;\n${text}`],
  ])('%s', async (_name, bytes) => {
    expect(await rowsOf(bytes)).toEqual(want);
  });

  test.each<[string, string, string[][]]>([
    [
      'line breaks and quotes within a cell',
      'a;b\n"раз\nдва";"он сказал ""да"""\n',
      [
        ['a', 'b'],
        ['раз\nдва', 'он сказал "да"'],
      ],
    ],
    [
      'commas within cells of a table with semicolons',
      'ФИО;О себе\nА, Б;в, г, д\nЕ;ж, з\n',
      [
        ['ФИО', 'О себе'],
        ['А, Б', 'в, г, д'],
        ['Е', 'ж, з'],
      ],
    ],
    [
      'a quote in the middle of a cell',
      'a;b\nООО "Ромашка";x\n',
      [
        ['a', 'b'],
        ['ООО "Ромашка"', 'x'],
      ],
    ],
    [
      'a quote that is never closed',
      'a;b\n"раз;два\nтри;четыре\n',
      [
        ['a', 'b'],
        ['"раз', 'два'],
        ['три', 'четыре'],
      ],
    ],
    ['one column', 'Телефон\n89991112233\n', [['Телефон'], ['89991112233']]],
    [
      'rows of different lengths',
      'a;b;c\n1\n1;2;3\n1;2;3\n',
      [['a', 'b', 'c'], ['1'], ['1', '2', '3'], ['1', '2', '3']],
    ],
  ])('%s', (_name, text, rows) => {
    expect(parseCsv(text).filter((row) => row.some((cell) => cell !== ''))).toEqual(rows);
  });
});

describe('[B-13] a workbook is read as its cells are shown', () => {
  test('text, numbers, dates, results of formulas, several sheets', async () => {
    const bytes = makeXlsx({
      Кандидаты: [
        ['ФИО', 'Телефон', 'Дата', 'Итог'],
        [
          'Иванова Анна & Ко <1>',
          89991112233,
          { date: 45_731 },
          { formula: 'A1&"x"', result: '=не формула' },
        ],
        [undefined, '+7 999', { date: 45_731.5 }, 0.1 + 0.2],
      ],
      Пустой: [[undefined]],
      Архив: [['Петров']],
    });
    const result = await read(bytes);
    expect(result).toEqual({
      ok: true,
      sheets: [
        {
          name: 'Кандидаты',
          rows: [
            ['ФИО', 'Телефон', 'Дата', 'Итог'],
            ['Иванова Анна & Ко <1>', '89991112233', '15.03.2025', '=не формула'],
            ['', '+7 999', '15.03.2025 12:00', '0.3'],
          ],
        },
        { name: 'Архив', rows: [['Петров']] },
      ],
    });
  });
});

describe('[B-13] what is no table is refused with its reason', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  const bomb = () =>
    Buffer.from(zipSync({ 'xl/workbook.xml': new Uint8Array(201 * 1024 * 1024) }, { level: 9 }));
  /** Its directory says that it is small. */
  const liar = () => {
    const bytes = bomb();
    bytes.writeUInt32LE(100, bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    return bytes;
  };
  test.each<[string, () => Uint8Array | string, string]>([
    ['an empty file', () => '', 'empty'],
    ['blanks only', () => '\n \n;;\n', 'empty'],
    ['a picture', () => png, 'notTable'],
    ['a PDF', () => Buffer.from('%PDF-1.4\n1 0 obj\n'), 'notTable'],
    ['another archive', () => zipSync({ 'a.txt': strToU8('hello') }), 'notTable'],
    ['an old Excel file', () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'oldExcel'],
    ['a workbook cut short', () => makeXlsx({ A: [['x']] }).subarray(0, 300), 'broken'],
    ['a workbook that is none', () => zipSync({ 'xl/workbook.xml': strToU8('<workbook') }), 'broken'],
    ['a bomb', bomb, 'tooLarge'],
    ['a bomb that says it is small', liar, 'tooLarge'],
    ['too many rows', () => 'a;b\n'.repeat(mostRows + 1), 'tooManyRows'],
    ['too many columns', () => `${'a;'.repeat(200)}b\n`, 'tooLarge'],
  ])('%s', async (_name, bytes, fault) => {
    expect(await read(bytes())).toEqual({ ok: false, fault });
  });
});
