/**
 * How tests meet a framework.
 * <p>
 * Two styles, both on the framework that is on the class path (Felix or Equinox, one failsafe execution each):
 * <ul>
 * <li>{@link org.liveupdate.itests.support.OsgiContainer}: the test stays outside and drives bundles through the system
 * bundle's context. For life cycles: install, update, refresh, uninstall. A container for each test.
 * <li>{@link org.liveupdate.itests.support.OsgiTest}: the test's methods run inside a bundle and use the API as any
 * other bundle does. A container for each class.
 * </ul>
 */
package org.liveupdate.itests.support;
