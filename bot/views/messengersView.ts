import type { Param } from '../../flows/effect.ts';
import { z } from 'zod';
import { templateSetting } from '../../channels/whatsapp/cloud/templateStates.ts';
import { readWebState } from '../../channels/whatsapp/web/readWebState.ts';
import { templates } from '../../channels/whatsapp/templates.ts';
import type { Member } from '../../flows/member.ts';
import type { Rendered } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { speech } from '../speech.ts';

const statesShape = z.record(z.string(), z.string());

/** Which messengers are set up, what Meta says of each template, and whether the phone is linked. */
export async function drawMessengers(deps: BotDeps, reader: Member): Promise<Rendered> {
  const { text, button } = speech(deps.words, reader);
  const { whatsapp, max, mail, sms } = deps.messengers ?? {};
  const lines = [text('messenger.title'), '', text('messenger.telegram')];
  lines.push(text(max ? 'messenger.max.on' : 'messenger.max.off'));
  if (!whatsapp) lines.push(text('messenger.whatsapp.off'));
  if (whatsapp === 'cloud') {
    const row = await deps.db.settings.findOne({ _id: templateSetting });
    const parsed = statesShape.safeParse(row?.value);
    const states = parsed.success ? parsed.data : {};
    lines.push(text('messenger.whatsapp.cloud'));
    for (const { name } of templates)
      for (const lang of deps.words.langs)
        lines.push(text('messenger.template', { name, lang, state: stateOf(states[`${name}:${lang}`]) }));
  }
  const buttons: Rendered['buttons'] = [];
  if (whatsapp === 'web') {
    const { state } = await readWebState(deps.db);
    lines.push(text(`messenger.web.${state}`), '', text('messenger.web.warning'));
    const page = deps.codePage?.();
    if (state === 'link') {
      buttons.push([button('messenger.web.button', 'ms:code', { style: 'primary' })]);
      if (page) buttons.push([{ ...button('messenger.web.open', ''), url: page }]);
    }
  }
  lines.push('', text(mail ? 'messenger.mail.on' : 'messenger.mail.off'));
  lines.push(text(sms ? `messenger.sms.${sms.provider}` : 'messenger.sms.off'));
  // At SMSC the address is put into the cabinet by hand.
  if (sms?.provider === 'smsc' && sms.hook) lines.push(text('messenger.sms.hook', { hook: sms.hook }));
  return { text: lines.join('\n'), buttons };
}

/** Meta's word for where a template stands; one we have no words for is shown as it is. */
function stateOf(state: string | undefined): Param {
  return state === undefined ? '—' : { key: `messenger.state.${state.toLowerCase()}`, or: state };
}
