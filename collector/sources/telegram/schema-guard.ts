import type { Gramjs } from './gramjs-type.ts';

/** How gramjs reads one field of a class; of a list `isVector` is off while its items are read. */
interface Field {
  isVector?: boolean;
}

/** A class of Telegram's schema as gramjs makes it. */
interface SchemaClass {
  prototype: { validate?(): void };
}

/** The fields of a class, which it keeps to itself: its own check asks them which it has. */
function fieldsOf({ prototype }: SchemaClass): readonly Field[] {
  const has = Object.getOwnPropertyDescriptor(Object.prototype, 'hasOwnProperty');
  let fields: Field[] = [];
  if (!has || !prototype.validate) return fields;
  try {
    Object.defineProperty(Object.prototype, 'hasOwnProperty', {
      ...has,
      value(this: Record<string, Field>) {
        fields = Object.values(this);
        return false;
      },
    });
    prototype.validate.call({});
  } finally {
    Object.defineProperty(Object.prototype, 'hasOwnProperty', has);
  }
  return fields;
}

let guarded: Promise<void> | null = null;

/**
 * Keeps gramjs's schema whole. When an answer ends, or becomes something else, in the middle of a list, gramjs forgets for
 * good that the field is a list, and reads no such answer any more until the process ends: here it is reminded. Done once.
 */
export function guardSchema(gramjs: Gramjs): Promise<void> {
  guarded ??= (async () => {
    const { tlobjects } = await import('telegram/tl/AllTLObjects.js');
    const lists = Object.values(tlobjects as Record<string, SchemaClass>)
      .flatMap(fieldsOf)
      .filter(({ isVector }) => isVector === true);
    const { prototype } = gramjs.extensions.BinaryReader;
    const read = prototype.tgReadObject;
    let depth = 0;
    prototype.tgReadObject = function (): unknown {
      depth += 1;
      let isRead = false;
      try {
        const object: unknown = read.call(this);
        isRead = true;
        return object;
      } finally {
        depth -= 1;
        if (!isRead && depth === 0) for (const field of lists) field.isVector = true;
      }
    };
  })();
  return guarded;
}
