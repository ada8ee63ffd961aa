/**
 * What stopped the start, in one line that names the setting to look at. Undefined for a defect of ours, which keeps
 * its stack. Errors are told apart by name, so that nothing of grammY or mongoose is loaded for it.
 */
export function startFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'PORT: another program already listens there';
  if (code === 'EACCES' && 'syscall' in error && error.syscall === 'listen')
    return 'PORT: listening there is not allowed';
  if (/^Mongo/.test(error.name)) return `MONGODB_URI: the database cannot be used: ${error.message}`;
  if (error.name === 'HttpError') return 'TELEGRAM_API_ROOT: Telegram does not answer';
  if (error.name !== 'GrammyError') return undefined;
  const refused = 'error_code' in error ? Number(error.error_code) : 0;
  const why = 'description' in error ? String(error.description) : error.message;
  if (refused === 401 || refused === 404)
    return `TELEGRAM_BOT_TOKEN: Telegram does not know this token (${why})`;
  return 'method' in error && error.method === 'setWebhook'
    ? `PUBLIC_URL: Telegram does not take this address: ${why}`
    : `Telegram refused to work with the bot: ${why}`;
}
