/**
 * Does a bank account fit the bank's BIK? A control digit inside the account hangs on both, as the Bank of Russia
 * defines it: 23 digits by the weights 7, 1, 3. Of a correspondent account, and of one that stands at the Bank of
 * Russia itself, two digits of the BIK go in, of any other its last three. A BIK that does not begin with 04 is the
 * treasury's: its accounts are not checked.
 *
 * @param bik nine digits
 * @param account twenty digits
 */
export function accountFits(bik: string, account: string, correspondent = false): boolean {
  if (!bik.startsWith('04')) return true;
  const atCentralBank = /00[0-2]$/.test(bik);
  const head = correspondent || atCentralBank ? `0${bik.slice(4, 6)}` : bik.slice(6, 9);
  const weights = [7, 1, 3];
  const sum = [...head, ...account].reduce(
    (total, digit, at) => total + ((Number(digit) * (weights[at % 3] ?? 0)) % 10),
    0,
  );
  return sum % 10 === 0;
}
