package org.liveupdate.core.luo;

/** Where the core writes down what nobody is waiting to be told. Thread safe; called without any lock of the core. */
@FunctionalInterface
public interface Journal {
    /**
     * Something went wrong that could not stop the caller, or needs an operator's eye.
     *
     * @param text
     *            a sentence
     */
    void warn(String text);
}
