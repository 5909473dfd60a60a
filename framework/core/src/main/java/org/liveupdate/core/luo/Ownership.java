package org.liveupdate.core.luo;

/** Who may take over what another bundle has preserved. */
public enum Ownership {
    /**
     * A bundle with the symbolic name of the one that preserved it, and the same signer if that was signed; anybody else
     * needs a swap.
     */
    BOUND,
    /** Whoever offers the compatible string. */
    ANY
}
