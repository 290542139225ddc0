import { Module } from '@nestjs/common';
import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { eventSourced, handles } from '#libs/eventsourcing';
import { processOf, Refusal, viewOf, type Aggregate, type Decide } from '#libs/eventsourcing/vocabulary';
import { befall, type Mishap } from './mishap';

// A notebook, whose notes are written line by line, and an archive that keeps a table of them and a copy of each.

export interface NotebookEvents {
  NoteBegun: { by: string };
  /** `line` is the writer's own number of it, so that a line that is lost or there twice shows, whatever its command was called. */
  LineWritten: { line: number; mishap?: Mishap };
}
export interface ArchiveEvents {
  LineCopied: { line: number };
}

interface Note {
  begun: boolean;
  lines: number;
}

export const note: Aggregate<Note, NotebookEvents> = {
  category: 'note',
  initial: { begun: false, lines: 0 },
  evolve: {
    NoteBegun: (state) => ({ ...state, begun: true }),
    LineWritten: (state) => ({ ...state, lines: state.lines + 1 }),
  },
};
export const copy: Aggregate<{ lines: number }, ArchiveEvents> = {
  category: 'copy',
  initial: { lines: 0 },
  evolve: { LineCopied: ({ lines }) => ({ lines: lines + 1 }) },
};

export class BeginNote {
  note!: string;
  by!: string;
}
const beginNote: Decide<BeginNote, Note, NotebookEvents> = ({ by }, { begun }) => {
  if (begun) throw new Refusal('already-begun', 'Somebody else has begun this note.', 'Write to it.', 'conflict');
  return [{ type: 'NoteBegun', data: { by } }];
};

export class WriteLine {
  note!: string;
  line!: number;
  mishap?: Mishap;
}
const writeLine: Decide<WriteLine, Note, NotebookEvents> = ({ line, mishap }) => [
  { type: 'LineWritten', data: { line, ...(mishap && { mishap }) } },
];

export class CopyLine {
  note!: string;
  line!: number;
  mishap?: Mishap;
}
const copyLine: Decide<CopyLine, { lines: number }, ArchiveEvents> = ({ line, mishap }) => {
  if (mishap === 'refused') throw new Refusal('illegible', 'Nobody can read this line.', 'Write it again.');
  return [{ type: 'LineCopied', data: { line } }];
};

/** What the archive shows of a note: its lines in the order in which they came. */
@Entity({ schema: 'archive', name: 'page' })
export class Page {
  @PrimaryColumn('text') note!: string;
  @Column('jsonb') lines!: number[];
  @Column('int') count!: number;
}

const pages = viewOf<NotebookEvents>()({
  name: 'pages',
  row: Page,
  sources: ['notebook'],
  on: {
    LineWritten: ({ stream, data: { line, mishap } }) => {
      if (mishap === 'indigestible') throw new Error('the archive cannot take this line');
      const change = (row: Page | undefined): Page => {
        befall('view', mishap);
        const lines = [...(row?.lines ?? []), line];
        return { note: stream, lines, count: (row?.count ?? 0) + (mishap === 'unstorable' ? 0.5 : 1) };
      };
      return [{ key: { note: stream }, change }];
    },
  },
});

const copying = processOf<NotebookEvents>()({
  name: 'copy-lines',
  sources: ['notebook'],
  on: {
    LineWritten: ({ stream, data: { line, mishap } }) => {
      befall('process', mishap);
      return [Object.assign(new CopyLine(), { note: stream.slice('note:'.length), line, ...(mishap && { mishap }) })];
    },
  },
});

class CreatePage1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE "archive"."page" (note text PRIMARY KEY, lines jsonb NOT NULL, count int NOT NULL)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "archive"."page"');
  }
}

@Module(
  eventSourced({
    service: 'notebook',
    commands: [handles(note, BeginNote, beginNote, (c) => c.note), handles(note, WriteLine, writeLine, (c) => c.note)],
  }),
)
export class NotebookModule {}

@Module(
  eventSourced({
    service: 'archive',
    migrations: [CreatePage1700000000000],
    commands: [handles(copy, CopyLine, copyLine, (c) => c.note)],
    views: [pages],
    processes: [copying],
  }),
)
export class ArchiveModule {}
