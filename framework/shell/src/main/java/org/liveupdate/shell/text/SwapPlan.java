package org.liveupdate.shell.text;

import java.util.List;

/**
 * What swapping a bundle would meet.
 *
 * @param bundle
 *            symbolic name and version
 * @param holders
 *            what the bundle serves and would hand to its successor, one line each
 * @param obstacles
 *            what would be refused, and which other bundles would have to be refreshed, one line each
 */
public record SwapPlan(String bundle, List<String> holders, List<String> obstacles) {}
