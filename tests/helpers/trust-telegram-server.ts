import { trustServer, type PublicKey } from './telegram-key-exchange.ts';

// Loaded by `node --import` before a command, which then takes a server of a test's for Telegram's own.
trustServer(JSON.parse(process.env.TELEGRAM_TEST_KEY ?? '') as PublicKey);
