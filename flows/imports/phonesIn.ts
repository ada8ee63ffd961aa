/** A Russian number however it is spaced, with its 8 or +7 or without; and one of another country, with its plus. */
const russian = /(?<!\d)(?:(?:\+?7|8)[\s(.-]*)?\(?\d{3}[\s).-]*\d{3}[\s.-]*\d{2}[\s.-]*\d{2}(?!\d)/g;
const foreign = /\+\d[\d\s().-]{7,18}\d/g;

/** As Excel writes a long number into a CSV: 8.9991112233E+10. */
const scientific = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i;

/**
 * The phone numbers in a cell, in any spelling, several in a row.
 *
 * @returns `whole`: nothing but them stood there; a number whose digits Excel has rounded away is none
 */
export function phonesIn(
  cell: string,
  phone: (text: string) => string | undefined,
): { phones: string[]; whole: boolean } {
  const number = scientific.exec(cell.trim());
  const text = number ? unpacked(number) : cell;
  const found = matches(text, russian, phone);
  const list = found.length > 0 ? found : matches(text, foreign, phone);
  // A short or unusual one: the library says whether it may be.
  const alone = list.length === 0 && /^[\d\s()+.-]{7,20}$/.test(text) ? phone(text) : undefined;
  if (alone !== undefined) return { phones: [alone], whole: true };
  const rest = list.reduce((left, { text: part }) => left.replace(part, ''), text);
  return {
    phones: [...new Set(list.map((one) => one.phone))],
    whole: list.length > 0 && !/[\p{L}\p{N}]/u.test(rest),
  };
}

function matches(text: string, pattern: RegExp, phone: (text: string) => string | undefined) {
  return [...text.matchAll(pattern)].flatMap(([part]) => {
    const number = phone(part);
    return number === undefined ? [] : [{ phone: number, text: part }];
  });
}

/** The digits that are there, when they are all; otherwise the number is lost and the text stays as it is. */
function unpacked([text, first = '', rest = '', exponent = '']: RegExpExecArray): string {
  return rest.length === Number(exponent) ? first + rest : text;
}
