/// <reference path="../../domain/text/snowball-stemmers.d.ts" />
/// <reference path="../../accounts/rate-limiter-store.d.ts" />
import type { WorkingShareLink } from '#accounts/share-links.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import type { Norms } from '#domain/norms.ts';
import type { WrongDays } from '#lib/filters.ts';
import type { DemoReaderName } from '#lib/demo-readers.ts';
import type { FormRefusal } from '#lib/form-refusal.ts';
import type { Preferences } from '#lib/server/preferences.ts';
import type { Reader } from '#lib/server/reader.ts';

declare global {
  namespace App {
    interface Locals {
      preferences: Preferences;
      /** Who asks, and what they may do. */
      reader: Reader;
      /** The link by which a view is asked for, while it works. */
      share?: WorkingShareLink | null;
      /** Whom a demo is looked at as, and whom it can be; nobody anywhere else. */
      demoReader?: { name: DemoReaderName; offered: readonly DemoReaderName[] };
      /** Cookies of logins that the answer sets, as they are sent. */
      cookies: string[];
      /** Why the stores could not be asked, in the language of the reader. */
      trouble?: string;
      /** What a form was sent for is done: it is not to be sent again, whatever goes wrong with its answer. */
      isFormDone?: true;
    }
    interface PageData {
      /** The federation's time zone. */
      zone: string;
      /** What it expects of its pages. */
      norms: Norms;
      /** The networks whose key is not set: none of their pages is read. */
      networksWithoutKey: readonly MeasuredNetwork[];
      /** Whether the reader sees how far setting up is, and what to do next. */
      maySetUp: boolean;
      /** Whether the reader sees what everybody does: has not signed in, and looks at a demo as nobody else. */
      isEverybody: boolean;
      /** Whether the reader may make links by which others see a view. */
      mayShare: boolean;
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
