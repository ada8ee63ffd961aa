/** The browser comes from `@sparticuz/chromium`; puppeteer must not download its own. */
module.exports = { skipDownload: true };
