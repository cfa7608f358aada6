/// <reference path="../../domain/text/snowball-stemmers.d.ts" />
import type { Norms } from '#domain/norms.ts';
import type { WrongDays } from '#lib/filters.ts';
import type { FormRefusal } from '#lib/form-refusal.ts';
import type { Preferences } from '#lib/server/preferences.ts';
import type { Reader } from '#lib/server/reader.ts';

declare global {
  namespace App {
    interface Locals {
      preferences: Preferences;
      /** Who asks, and what they may do. */
      reader: Reader;
      /** Cookies of logins that the answer sets, as they are sent. */
      cookies: string[];
    }
    interface PageData {
      /** The federation's time zone. */
      zone: string;
      /** What it expects of its pages. */
      norms: Norms;
      /** Whether the key of VK is set, without which none of its pages is read. */
      vkConfigured: boolean;
    }
    interface Error {
      /** Shown to the reader and written to the log, so that the one can be found by the other. */
      reference?: string;
      /** What is wrong with the days of the address. */
      wrongDays?: WrongDays;
      /** Why what was sent was not taken; the message says it in the reader's language. */
      refusal?: FormRefusal;
      /** Why the stores cannot be asked, in the reader's language. */
      trouble?: string;
    }
  }
}
