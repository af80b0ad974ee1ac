// What follows from a snapshot and is not written in it. The server says the same in leitai/rooms/finals/views/board.py.
const GONE = new Set(["absent", "withdrawn"]);

export function derive(snapshot) {
  const { entry, order = [], standing = [], audience } = snapshot;
  const votes = new Map((audience?.counts ?? []).map((row) => [row.number, row.votes]));
  const playing = order.filter((row) => !GONE.has(row.state));
  return {
    ...snapshot,
    standing: standing.map((row) => ({ ...row, on: entry && row.entry.code === entry.code ? "on" : "" })),
    order: order.map((row) => ({ ...row, votes: votes.get(row.number) })),
    next: playing.find((row) => row.state === "waiting"),
    of: playing.length,
    airs: !snapshot.rehearsal && snapshot.v >= 0 && snapshot.scene !== "results",
    idle: snapshot.scene === "idle" && !entry,
    waiting: !snapshot.marks?.length && !snapshot.result && snapshot.seats !== undefined,
  };
}
