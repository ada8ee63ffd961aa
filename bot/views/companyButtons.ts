import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { Company } from '../../flows/companies/company.ts';
import type { RenderedButton } from '../../runtime/words.ts';
import type { Speech } from '../speech.ts';

/**
 * What can be done with a company, from its card.
 *
 * @param canLookUp is there a register to ask
 * @param call the next one with it
 */
export function companyButtons(
  said: Speech,
  company: Company,
  canLookUp: boolean,
  call: ClientCall | undefined,
): RenderedButton[][] {
  const { _id, undo, version, archived, fields } = company;
  const button = (verb: string) => said.button(`company.button.${verb}`, `co:${verb}:${_id}`);
  return [
    [button('edit'), button('bank')],
    [button('contracts'), button('people')],
    [button('vacancies'), button('costs')],
    [button('note'), button('history')],
    [button('owner'), button(archived ? 'reopen' : 'archive')],
    ...(call
      ? [
          [
            said.button('company.button.call', `cc:open:${call._id}`, {
              params: { when: { at: call.start, as: 'dateTime' } },
            }),
          ],
        ]
      : []),
    ...(canLookUp && fields.inn ? [[button('check')]] : []),
    ...(undo
      ? [[said.button('staff.button.undo', `co:undo:${_id}:${version}`, { params: { act: undo.what } })]]
      : []),
    [said.button('company.button.all', 'm:companies::0')],
  ];
}
