/** Not a person: the bot itself, or whoever calls by the API without a member's name. */
export function isService(by: string): boolean {
  return by === 'bot' || by.startsWith('api:') || by.startsWith('key:');
}
