package org.liveupdate.api;

/** The callbacks of {@link Flb} and {@link FileHandler}, as they are named in reports and refusals. */
public enum Callback {
    /** {@link FileHandler#canPreserve(Object)}. */
    CAN_PRESERVE("can_preserve"),
    /** {@link Flb#preserve} and {@link FileHandler#preserve}. */
    PRESERVE("preserve"),
    /** {@link Flb#unpreserve} and {@link FileHandler#unpreserve}. */
    UNPRESERVE("unpreserve"),
    /** {@link Flb#freeze} and {@link FileHandler#freeze}. */
    FREEZE("freeze"),
    /** {@link Flb#unfreeze} and {@link FileHandler#unfreeze}. */
    UNFREEZE("unfreeze"),
    /** {@link Flb#retrieve} and {@link FileHandler#retrieve}. */
    RETRIEVE("retrieve"),
    /** {@link FileHandler#canFinish}. */
    CAN_FINISH("can_finish"),
    /** {@link Flb#finish} and {@link FileHandler#finish}. */
    FINISH("finish"),
    /** {@link Flb#detach} and {@link FileHandler#detach}. */
    DETACH("detach");

    private final String text;

    Callback(String text) {
        this.text = text;
    }

    /** The kernel's spelling, such as {@code can_preserve}. */
    @Override
    public String toString() {
        return text;
    }
}
