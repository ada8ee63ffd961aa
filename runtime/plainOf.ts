/** Telegram's HTML, in which the locales are written, as plain text. */
export function plainOf(html: string): string {
  return html
    .replaceAll(/<\/?[a-z][^>]*>/gi, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
