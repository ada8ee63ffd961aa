/** How long was spoken, in seconds, as a clock shows it: "2:05". */
export function talkTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
