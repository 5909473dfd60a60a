package org.liveupdate.crash;

/** One side of a live update, and how far it has come. */
final class Party {
    final WorkerProcess worker;
    boolean committed;
    boolean takenBack;
    boolean resumed;
    boolean fenced;
    boolean claimed;
    boolean confirmed;
    boolean retrieved;
    boolean ended;

    Party(WorkerProcess worker) {
        this.worker = worker;
    }

    /** Notes what an answer means. */
    void answered(String answer) {
        switch (answer.split(" ")[0]) {
            case "committed" -> committed = true;
            case "claimed" -> claimed = true;
            case "resumed" -> resumed = true;
            case "fenced" -> fenced = true;
            case "version" -> retrieved = true;
            default -> {
                takenBack |= answer.equals("taken back true");
                fenced |= answer.equals("taken back false") || answer.equals("confirmed false");
                confirmed |= answer.equals("confirmed true");
                ended |= answer.equals(Model.finished());
            }
        }
    }
}
