package org.liveupdate.itests.types;

import java.util.function.LongUnaryOperator;

/**
 * The object of the pool FLB, as bundles share it. Adds its operand to a count and returns the sum, atomically. In a
 * package of its own, so that a provider's users are wired to the bundle with the types and not to the provider.
 */
public interface Pool extends LongUnaryOperator {}
