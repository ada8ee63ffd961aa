import { type TgInlineButton } from '../records.ts';
import { GraphError } from './graphError.ts';
import { type Outgoing } from './outgoing.ts';

/** A template that Meta knows: how many parameters its text has, and how many quick replies. */
interface Known {
  parameters: number;
  buttons: number;
}

/** What the agency has submitted, and Meta has approved, in Russian and English. */
export const knownTemplates: Record<string, Known> = {
  interview_reminder: { parameters: 4, buttons: 3 },
  interview_booked: { parameters: 4, buttons: 0 },
  interview_cancelled: { parameters: 2, buttons: 0 },
  choose_time: { parameters: 0, buttons: 0 },
};

export const languages = ['ru', 'en'];

/** A template as the person sees it here: its name and what was put into it. @throws GraphError 132000, 132001 */
export function readTemplate(template: NonNullable<Outgoing['template']>): {
  text: string;
  buttons: TgInlineButton[];
} {
  const known = knownTemplates[template.name];
  if (!known || !languages.includes(template.language.code))
    throw new GraphError(404, 132001, 'Template name does not exist in the translation');
  const values = template.components
    .filter(({ type }) => type === 'body')
    .flatMap(({ parameters }) => parameters.flatMap((one) => (one.type === 'text' ? [one.text] : [])));
  const payloads = template.components
    .filter(({ type }) => type === 'button')
    .flatMap(({ parameters }) => parameters.flatMap((one) => (one.type === 'payload' ? [one.payload] : [])));
  if (values.length !== known.parameters || payloads.length > known.buttons)
    throw new GraphError(400, 132000, 'Number of parameters does not match the expected number of params');
  const buttons = payloads.map((payload, index) => ({ text: String(index + 1), callback_data: payload }));
  return { text: [`[${template.name}]`, ...values].join('\n'), buttons };
}
