/** The file beside the program that the session of a signed-in account is kept in. */
const sessionFile = 'telegram-session';

/** The command that signs an account of Telegram in, as every text gives it: the session goes into a file and onto no screen. */
export const telegramLoginCommand = `npm run profpulse -- telegram login --save-to ${sessionFile}`;
