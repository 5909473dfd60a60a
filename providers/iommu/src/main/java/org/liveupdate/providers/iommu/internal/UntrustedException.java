package org.liveupdate.providers.iommu.internal;

/** Translations that were handed over cannot be trusted: a table, or what describes it, is not what it has to be. */
final class UntrustedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String subject;

    /**
     * A finding.
     *
     * @param subject which device or table
     * @param what what was found
     */
    UntrustedException(String subject, String what) {
        super(what);
        this.subject = subject;
    }

    /** Which device or table. */
    String subject() {
        return subject;
    }
}
