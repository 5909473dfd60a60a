package org.liveupdate.shell;

/** What the commands' options have in common. */
final class Flag {
    static final String ON = "true";
    static final String OFF = "false";

    static final String JSON = "--json";
    static final String JSON_TEXT = "prints JSON instead of a table";

    static final String YES = "--yes";
    static final String YES_TEXT = "does not ask";

    private Flag() {}
}
