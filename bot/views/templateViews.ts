import type { Member } from '../../flows/member.ts';
import { type Filled, fillTemplate, type Template } from '../../flows/templates/fillTemplate.ts';
import { templateValues } from '../../runtime/templateValues.ts';
import type { Rendered } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import type { Found } from '../findApplication.ts';
import { inRows, speech } from '../speech.ts';

type Deps = Pick<BotDeps, 'words'>;

/** A quick answer as this candidate would get it, in their language. */
export function fillFor({ words }: Deps, recruiter: Member, talk: Found, template: Template): Filled {
  const { candidate, application, vacancy } = talk;
  const text = template.text[candidate.lang] ?? template.text.ru;
  const known = Object.values(words.lexicon).map(({ templates }) => templates);
  return fillTemplate(text, known, templateValues(words, { candidate, application, vacancy, recruiter }));
}

/** The quick answers to choose from, in a conversation. */
export function drawAnswers({ words }: Deps, member: Member, templates: Template[]): Rendered {
  const said = speech(words, member);
  const list = templates.map(({ _id, title }) => ({ label: title, data: `q:show:${_id}` }));
  return {
    text: said.text(templates.length === 0 ? 'templates.none' : 'templates.choose'),
    buttons: [...inRows(list, 2), [said.button('templates.button.keep', 'q:list')]],
  };
}

/** One, as it would be sent; with a gap it cannot be sent, and which is said. */
export function drawAnswer(deps: Deps, member: Member, talk: Found, template: Template): Rendered {
  const said = speech(deps.words, member);
  const { text, missing, unknown } = fillFor(deps, member, talk, template);
  const gaps = [...missing.map((field) => said.plain(`templates.field.${field}`)), ...unknown];
  const back = said.button('templates.button.back', 'q:answers');
  const send = said.button('templates.button.send', `q:send:${template._id}`, { style: 'success' });
  return {
    text: said.text(gaps.length > 0 ? 'templates.gaps' : 'templates.preview', {
      text,
      gaps: gaps.join(', '),
    }),
    buttons: [gaps.length > 0 ? [back] : [send, back]],
  };
}

/** The list to keep. */
export function drawTemplates({ words }: Deps, member: Member, templates: Template[]): Rendered {
  const said = speech(words, member);
  const list = templates.map(({ _id, title }) => ({ label: title, data: `q:open:${_id}` }));
  return {
    text: said.text(templates.length === 0 ? 'templates.none' : 'templates.title'),
    buttons: [...inRows(list, 2), [said.button('templates.button.new', 'q:new', { style: 'primary' })]],
  };
}

/** One to keep: its texts, with what can be put into them. */
export function drawTemplate({ words }: Deps, member: Member, { _id: id, title, text }: Template): Rendered {
  const said = speech(words, member);
  const english = text.en ?? said.plain('templates.noEnglish');
  return {
    text: said.text('templates.one', { title, text: text.ru, english }),
    buttons: [
      [
        said.button('templates.button.text', `q:text:${id}`),
        said.button('templates.button.en', `q:en:${id}`),
        said.button('templates.button.title', `q:title:${id}`),
      ],
      [
        said.button('templates.button.drop', `q:drop:${id}`, { style: 'danger' }),
        said.button('templates.button.list', 'q:list'),
      ],
    ],
  };
}
