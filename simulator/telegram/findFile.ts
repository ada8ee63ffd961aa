import { type World } from '../world.ts';
import { type FileRecord } from './saveFile.ts';

/** A stored file by its `file_id`, its unique id or its path; null when there is none. */
export function findFile(world: World, by: 'id' | 'unique' | 'path', key: string): FileRecord | null {
  const id = by === 'id' ? key : world.store.get<string>(by === 'path' ? 'filePath' : 'fileUnique', key);
  return id === null ? null : world.store.get<FileRecord>('file', id);
}
