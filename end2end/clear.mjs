import { rmSync } from 'node:fs';

/** Removes the folder the desk kept its data in. */
export default function clear() {
  rmSync(process.env.DESK_FOLDER, { recursive: true, force: true });
}
