package org.liveupdate.shell.why;

import java.util.List;

/**
 * An answer.
 *
 * @param subject
 *            what it is about, such as {@code handler memfd-v1}
 * @param findings
 *            what there is to say, the most important first; not empty
 */
public record Explanation(String subject, List<Finding> findings) {}
