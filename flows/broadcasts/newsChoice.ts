import type { Button } from '../effect.ts';
import type { Turn } from '../turn.ts';

/** `/news`: what of the agency's own accord a person gets, and the buttons that change it. */
export function showNews(turn: Turn): void {
  const { noBroadcasts, adsConsent } = turn.state;
  const state = noBroadcasts !== undefined ? 'none' : adsConsent !== undefined ? 'all' : 'service';
  const on: Button = { label: { key: 'broadcast.button.ads' }, data: 'n:ads', style: 'success' };
  const off: Button = { label: { key: 'broadcast.button.off' }, data: 'n:off' };
  const less: Button = { label: { key: 'broadcast.button.noAds' }, data: 'n:noAds' };
  const buttons = { none: [[on], [less]], service: [[on], [off]], all: [[less], [off]] }[state];
  turn.say(`broadcast.news.${state}`, undefined, buttons);
}

/** A tap on one of them. @returns false for a choice that does not exist */
export function chooseNews(turn: Turn, choice: string): boolean {
  const { state } = turn;
  if (choice === 'off') {
    state.noBroadcasts = turn.now;
    delete state.adsConsent;
  } else if (choice === 'ads') {
    delete state.noBroadcasts;
    state.adsConsent ??= turn.now;
  } else if (choice === 'noAds') {
    delete state.noBroadcasts;
    delete state.adsConsent;
  } else return false;
  turn.fact('newsChosen', undefined, 'candidate', { choice: { key: `broadcast.choice.${choice}` } });
  showNews(turn);
  return true;
}
